"""The animals and plants that are known: the words for each, and where each is at home."""

from typing import Final, cast, get_args

from imagined.engines.illustrator.scene import Setting

NOUNS: Final = """
dog: dog puppy pup doggy hound labrador retriever beagle terrier spaniel sheepdog collie
husky: husky malamute sled+dog
dachshund: dachshund sausage+dog
corgi: corgi
poodle: poodle
dalmatian: dalmatian
shepherd: german+shepherd shepherd+dog alsatian police+dog
pug: pug bulldog
cat: cat kitten kitty tabby feline tomcat
siamese: siamese siamese+cat
leopard: leopard jaguar snow+leopard
cheetah: cheetah
panther: panther puma cougar black+panther black+jaguar
lynx: lynx bobcat
fox: fox vixen
raccoon: raccoon racoon
red_panda: red+panda
badger: badger
skunk: skunk
otter: otter sea+otter weasel ferret mink
beaver: beaver
hedgehog: hedgehog porcupine
mouse: mouse rat hamster
guinea_pig: guinea+pig
squirrel: squirrel chipmunk
meerkat: meerkat prairie+dog
wolf: wolf werewolf coyote jackal
hyena: hyena
bear: bear grizzly cub
polar_bear: polar+bear ice+bear
panda: panda panda+bear giant+panda
koala: koala koala+bear
sloth: sloth
monkey: monkey baboon macaque lemur
chimpanzee: chimpanzee chimp ape
gorilla: gorilla silverback
orangutan: orangutan
kangaroo: kangaroo wallaby
teddy_bear: teddy+bear teddy
horse: horse stallion mare mustang
pony: pony foal
donkey: donkey mule
pegasus: pegasus winged+horse flying+horse
cow: cow calf cattle
bull: bull ox
highland_cow: highland+cow highland+cattle yak
bison: bison buffalo
deer: deer stag doe elk antelope gazelle buck
fawn: fawn bambi
moose: moose
reindeer: reindeer caribou
sheep: sheep ewe
lamb: lamb
ram: ram
goat: goat billy+goat ibex
llama: llama alpaca
pig: pig piglet hog
boar: boar wild+boar warthog
rhinoceros: rhinoceros rhino
hippopotamus: hippopotamus hippo
dragon: dragon wyvern
t_rex: t-rex t+rex tyrannosaurus tyrannosaurus+rex dinosaur raptor velociraptor
long_neck: brachiosaurus brontosaurus diplodocus sauropod long-necked+dinosaur long-neck+dinosaur
triceratops: triceratops
stegosaurus: stegosaurus
rabbit: rabbit bunny hare
lion: lion
lioness: lioness lion+cub
tiger: tiger
elephant: elephant mammoth
zebra: zebra
camel: camel dromedary
giraffe: giraffe
unicorn: unicorn
bird: bird bluebird songbird finch swallow
robin: robin
sparrow: sparrow wren
cardinal: cardinal
crow: crow raven blackbird
pigeon: pigeon
dove: dove
hummingbird: hummingbird
woodpecker: woodpecker
seagull: seagull gull albatross
pelican: pelican
eagle: eagle
hawk: hawk falcon kestrel
vulture: vulture
owl: owl
duck: duck mallard
duckling: duckling rubber+duck
goose: goose gosling
swan: swan
chicken: chicken hen
rooster: rooster cockerel
chick: chick baby+chick
turkey: turkey
peacock: peacock peafowl
ostrich: ostrich emu
penguin: penguin
parrot: parrot macaw cockatoo parakeet
toucan: toucan
flamingo: flamingo
heron: heron egret
stork: stork
crane: crane
phoenix: phoenix firebird
bat: bat
turtle: turtle tortoise
sea_turtle: sea+turtle
crocodile: crocodile alligator croc
lizard: lizard gecko salamander newt
iguana: iguana komodo+dragon
chameleon: chameleon
snake: snake serpent python cobra viper
frog: frog toad
snail: snail slug
crab: crab
lobster: lobster crayfish shrimp prawn
starfish: starfish sea+star
seashell: seashell shell scallop
seal: seal
sea_lion: sea+lion
walrus: walrus
octopus: octopus kraken
squid: squid cuttlefish
jellyfish: jellyfish
seahorse: seahorse
ray: manta+ray stingray manta
bee: bee bumblebee honeybee
wasp: wasp hornet
fly: housefly mosquito
ant: ant
spider: spider tarantula
ladybird: ladybird ladybug
dragonfly: dragonfly
grasshopper: grasshopper cricket mantis
caterpillar: caterpillar
whale: whale blue+whale humpback+whale humpback
dolphin: dolphin porpoise
orca: orca killer+whale
narwhal: narwhal
shark: shark great+white+shark
fish: fish
goldfish: goldfish
clownfish: clownfish clown+fish
koi: koi koi+fish carp
tropical_fish: tropical+fish angelfish
salmon: salmon trout tuna
butterfly: butterfly moth
birch: birch birch+tree aspen
willow: willow weeping+willow willow+tree
bamboo: bamboo
bonsai: bonsai bonsai+tree
flower: flower poppy lily orchid blossom daffodil
sunflower: sunflower
daisy: daisy chamomile
tulip: tulip
rose: rose red+rose
lavender: lavender+bush lavender+plant
cactus: cactus saguaro
potted_cactus: potted+cactus succulent cactus+in+a+pot
fern: fern
potted_plant: potted+plant houseplant house+plant pot+plant
ivy: ivy
lily_pad: lily+pad water+lily waterlily lotus lotus+flower
pumpkin: pumpkin
jack_o_lantern: jack-o-lantern jack+o+lantern halloween+pumpkin carved+pumpkin
mushroom: mushroom toadstool
brown_mushroom: brown+mushroom champignon porcini
"""
"""Rows of ``noun: words``, as in `lexicon`; a plus sign joins the words of a phrase."""

_AT_HOME: Final = """
sea: dolphin orca salmon lily_pad narwhal
underwater: shark octopus squid jellyfish seahorse ray sea_turtle goldfish clownfish koi tropical_fish
arctic: walrus seal reindeer husky
beach: sea_lion crab lobster starfish seashell pelican
meadow: turtle
desert: cactus vulture
forest: t_rex long_neck triceratops gorilla orangutan chimpanzee monkey sloth koala red_panda raccoon badger
  hedgehog squirrel fawn moose boar beaver toucan woodpecker chameleon panther lynx fern bamboo
  brown_mushroom
mountains: dragon goat
sky: phoenix pegasus
studio: teddy_bear bonsai potted_plant potted_cactus ivy
"""


def _homes() -> dict[str, Setting]:
    homes: dict[str, Setting] = {}
    known = get_args(Setting)
    place = ""
    for line in _AT_HOME.strip().splitlines():
        head, colon, tail = line.partition(":")
        place, nouns = (head, tail) if colon else (place, head)
        # Where the world under water cannot be built, its animals come to the surface.
        homes |= {noun: cast(Setting, place if place in known else "sea") for noun in nouns.split()}
    return homes


HOMES: Final = _homes()
"""Where an animal or a plant is when the prompt names no place; the rest are in a meadow."""

SAVANNA: Final = frozenset(
    {"elephant", "lion", "giraffe", "zebra", "lioness", "cheetah", "leopard", "hyena", "rhinoceros", "hippopotamus"}
    | {"ostrich", "meerkat", "bison", "kangaroo", "stegosaurus"}
)
"""A meadow with one of these is a savanna."""
