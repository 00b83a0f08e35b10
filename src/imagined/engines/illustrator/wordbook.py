"""The words for people, vehicles, buildings and things; those for animals and plants are in `bestiary`."""

from typing import Final

THINGS: Final = """
person: person human traveller traveler figure someone adult tourist
man: man guy gentleman dad father
woman: woman lady mother mum mom
child: kid child toddler youngster
boy: boy son
girl: girl daughter schoolgirl
old_man: old+man grandfather grandpa elderly+man
astronaut: astronaut cosmonaut spaceman space+man
robot: robot android cyborg mech
knight: knight warrior
wizard: wizard sorcerer mage magician warlock merlin
witch: witch sorceress
king: king emperor
princess: princess
chef: chef cook baker
farmer: farmer
pirate: pirate
superhero: superhero hero superman
elf: elf
gnome: gnome dwarf goblin
car: car automobile taxi hatchback vehicle
sports_car: sports+car sport+car sportscar racing+car race+car racecar supercar ferrari porsche lamborghini
  convertible roadster
sailing_boat: boat sailing+boat sailboat yacht dinghy fishing+boat sail+boat
ship: ship sailing+ship galleon pirate+ship tall+ship frigate wooden+ship wooden+sailing+ship caravel
rocket: rocket spaceship spacecraft space+ship starship rocket+ship space+rocket space+shuttle
balloon: balloon hot+air+balloon hot-air+balloon air+balloon airship
aeroplane: plane airplane aeroplane aircraft biplane jet
house: house cottage cabin hut home chalet farmhouse villa bungalow lodge
barn: barn stable
castle: castle fortress palace citadel chateau
lighthouse: lighthouse light+house
windmill: windmill mill
tent: tent camp campsite
tree: tree oak maple elm apple+tree oak+tree maple+tree
pine: pine fir spruce pine+tree fir+tree conifer evergreen
palm: palm palm+tree coconut+tree
cherry_tree: cherry+tree cherry+blossom+tree sakura
christmas_tree: christmas+tree xmas+tree
snowman: snowman
planet: planet saturn jupiter
rock: rock boulder stone
apple: apple
cup: cup mug coffee tea teacup coffee+cup cup+of+coffee cup+of+tea espresso cappuccino latte
vase: vase flower+vase vase+of+flowers
ball: ball beach+ball football
table: table
chair: chair
armchair: armchair arm+chair easy+chair wing+chair rocking+chair
sofa: sofa couch settee
stool: stool
bed: bed
coffee_table: coffee+table
dining_table: dining+table
desk: desk
bookshelf: bookshelf bookcase book+shelf shelf
cupboard: cupboard cabinet dresser
wardrobe: wardrobe closet
drawers: drawers chest+of+drawers nightstand
piano: piano grand+piano
lamp: lamp floor+lamp
candle: candle
fireplace: fireplace hearth fire+place
stove: stove oven cooker
fridge: fridge refrigerator
sink: sink
blackboard: blackboard chalkboard
easel: easel
plant_pot: potted+plant house+plant houseplant plant+pot
clock: clock grandfather+clock
mirror: mirror
rug: rug carpet
book: book
baby: baby infant newborn toddler
old_woman: old+woman grandmother grandma granny elderly+woman old+lady
hiker: hiker backpacker mountaineer
queen: queen empress
cowboy: cowboy cowgirl sheriff gunslinger
doctor: doctor surgeon physician dentist
nurse: nurse
teacher: teacher professor librarian
police_officer: police+officer policeman policewoman cop
firefighter: firefighter fireman
builder: builder construction+worker carpenter mechanic electrician worker
artist: artist painter sculptor
musician: musician guitarist violinist pianist drummer saxophonist
singer: singer
ballerina: ballerina ballet+dancer
dancer: dancer flamenco+dancer
sailor: sailor
captain: captain pilot
soldier: soldier
samurai: samurai ronin
ninja: ninja
viking: viking
detective: detective spy investigator
scientist: scientist chemist inventor engineer
businessman: businessman manager lawyer banker salesman
businesswoman: businesswoman
bride: bride
groom: groom
athlete: athlete runner jogger sprinter
footballer: footballer football+player soccer+player
cyclist: cyclist biker
skier: skier snowboarder
surfer: surfer
swimmer: swimmer
diver: diver scuba+diver
gardener: gardener florist
fisherman: fisherman angler
waiter: waiter butler waitress
barista: barista
clown: clown jester
angel: angel cherub
fairy: fairy pixie tinkerbell
santa: santa santa+claus father+christmas saint+nicholas
ghost: ghost spectre phantom spirit
skeleton: skeleton grim+reaper
zombie: zombie undead
vampire: vampire dracula
alien: alien extraterrestrial martian+creature
mermaid: mermaid siren
monk: monk hermit priest
geisha: geisha maiko
bicycle: bicycle bike cycle
motorcycle: motorcycle motorbike
scooter: scooter moped vespa
skateboard: skateboard
bus: bus coach minibus
double_decker: double-decker double+decker double-decker+bus london+bus
school_bus: school+bus
truck: truck lorry semi delivery+truck
pickup: pickup pickup+truck pick-up
van: van minivan campervan camper+van
fire_engine: fire+engine fire+truck
tractor: tractor
tank: tank army+tank
carriage: carriage horse-drawn+carriage stagecoach
cart: cart wagon hay+cart
sleigh: sleigh sled sledge toboggan
steam_train: steam+train steam+engine locomotive steam+locomotive
train: train express+train bullet+train high-speed+train subway+train railway+train
tram: tram streetcar trolley tramcar
taxi: taxi cab taxi+cab yellow+cab
police_car: police+car patrol+car
helicopter: helicopter
airliner: airliner jet+plane jetliner jumbo+jet passenger+plane jet
fighter_jet: fighter+jet jet+fighter warplane
biplane: biplane
airship: airship zeppelin blimp dirigible
ufo: ufo flying+saucer alien+spaceship spaceship+from+mars
launch_pad: launch+pad rocket+on+a+launch+pad rocket+on+the+launch+pad launchpad
canoe: canoe kayak
rowing_boat: rowing+boat rowboat row+boat
liner: cruise+ship ocean+liner liner ferry steamship
submarine: submarine u-boat
ramen: ramen noodles noodle+soup bowl+of+ramen ramen+bowl bowl+of+noodles pho udon
soup: soup bowl+of+soup stew tomato+soup
pizza: pizza
burger: burger hamburger cheeseburger
cake: cake birthday+cake wedding+cake
bread: bread loaf loaf+of+bread baguette
croissant: croissant
sushi: sushi nigiri maki
ice_cream: ice+cream ice-cream ice+cream+cone gelato
fruit_bowl: fruit+bowl bowl+of+fruit fruit+basket fruits fruit
banana: banana
orange_fruit: oranges tangerine mandarin grapefruit an+orange
lemon: lemon lime
grapes: grape grapes bunch+of+grapes
cherries: cherry cherries
strawberry: strawberry strawberries raspberry
watermelon: watermelon melon
pear: pear
pineapple: pineapple
cheese: cheese
egg: fried+egg fried+eggs egg eggs bacon
pancake: pancake pancakes stack+of+pancakes waffle
doughnut: doughnut donut
cupcake: cupcake muffin
sandwich: sandwich toast
salad: salad
pasta: pasta spaghetti
plate: plate
teapot: teapot kettle
wine_glass: wine+glass glass+of+wine wineglass wine
bottle: bottle wine+bottle bottle+of+wine
guitar: guitar acoustic+guitar ukulele
violin: violin fiddle cello viola
drum: drum drums drum+kit drum+set
trumpet: trumpet trombone
saxophone: saxophone sax
harp: harp
hammer: hammer
saw: saw handsaw
wrench: wrench spanner
axe: axe hatchet
shovel: shovel spade
sword: sword
katana: katana
spear: spear lance
staff: staff magic+staff
shield: shield
torch: torch burning+torch
broom: broom broomstick
umbrella: umbrella parasol
toy_balloon: party+balloon red+balloon helium+balloon toy+balloon
kite: kite
lantern: lantern
camera: camera
phone: phone smartphone telephone mobile+phone
microphone: microphone mic
teddy_bear: teddy+bear teddy stuffed+bear plush+bear plush+toy
blocks: building+blocks toy+blocks wooden+blocks blocks
toy_car: toy+car
doll: doll
rocking_horse: rocking+horse
toy_robot: toy+robot robot+toy
football: football soccer+ball
telescope: telescope
key: key golden+key
hat: fedora felt+hat
top_hat: top+hat
shoe: shoe sneaker trainers shoes
backpack: backpack rucksack
suitcase: suitcase luggage
briefcase: briefcase
crown: crown
treasure_chest: treasure+chest chest treasure
globe: globe
hourglass: hourglass
map: treasure+map map
letter: letter envelope love+letter
mailbox: mailbox letterbox postbox
street_lamp: street+lamp streetlamp lamppost lamp+post street+light streetlight
fountain: fountain
statue: statue sculpture monument
sign: sign signpost road+sign
gift: gift present gift+box
laptop: laptop computer
television: television tv
gramophone: gramophone record+player phonograph
typewriter: typewriter
microscope: microscope
crystal: crystal amethyst crystals
gem: gem diamond jewel gemstone ruby sapphire
skull: skull
snow_globe: snow+globe snowglobe
surfboard: surfboard
watering_can: watering+can
basket: picnic+basket wicker+basket basket
magic_lamp: magic+lamp genie+lamp
trophy: trophy
barrel: barrel cask
box: crate wooden+box wooden+crate
flag: flag banner
magnifier: magnifying+glass
flask: flask potion
bouquet: bouquet bunch+of+roses
"""
