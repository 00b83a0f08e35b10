"""Everyday prompts and what must be read from them: main subject, how many, setting, and one relation.

A relation is ``relation thing`` of the main subject, or of the thing towards it with ``<`` in front; ``holding thing``
and ``wearing words`` are what it holds and wears. An empty cell is not looked at.
"""

# ruff: noqa: E501 -- a row is a line

from typing import NamedTuple


class Row(NamedTuple):
    """One prompt and what it says."""

    prompt: str
    subject: str
    count: int
    setting: str
    relation: str = ""


TUNED = (
    Row("two children flying a kite on a green hill", "child", 2, "meadow", "holding kite"),
    Row("a wizard cat reading a book in a library", "cat", 1, "library", "holding book"),
    Row("an old man feeding pigeons in a park", "old_man", 1, "park", "<beside pigeon"),
    Row("a bowl of ramen on a table", "bowl", 1, "table_top", "on table"),
    Row("a bicycle leaning against a wall", "bicycle", 1, "", "against wall"),
    Row("an astronaut riding a brown horse on Mars", "astronaut", 1, "desert", "riding horse"),
    Row("a red vintage car parked in front of a bakery in the rain", "car", 1, "", "<behind shop"),
    Row("a black and white cat sleeping on a windowsill", "cat", 1, "room"),
    Row("three penguins in red scarves on an iceberg, no people", "penguin", 3, "arctic", "wearing red scarf"),
    Row("a field of sunflowers at sunset", "flower", 12, "field"),
    Row("a stack of books beside a cup of coffee", "book", 5, "table_top", "beside cup"),
    Row("oil painting of a ship in a stormy sea", "ship", 1, "sea"),
    Row("a girl in a yellow raincoat holding a red umbrella in a city street at night", "girl", 1, "street", "holding umbrella"),
    Row("a pirate with a parrot on his shoulder", "pirate", 1, "", "<on parrot"),
    Row("a castle on a hill surrounded by mist", "castle", 1, "castle_hill"),
    Row("a husky pulling a sled through the snow", "dog", 1, "", "<beside sleigh"),
    Row("in a forest, a fox and a rabbit are having tea under a mushroom", "fox", 1, "forest", "under mushroom"),
    Row("an old woman with grey hair knitting by the fireplace", "old_woman", 1, "", "beside fireplace"),
    Row("a small boat between two islands", "sailing_boat", 1, ""),
    Row("an owl perched on a branch at night", "owl", 1, "forest"),
    Row("a steam train crossing a stone bridge over a river", "train", 1, "bridge"),
    Row("a tiny robot watering a potted plant in a kitchen", "robot", 1, "kitchen", "<beside plant_pot"),
    Row("five ducklings following their mother across a pond", "duck", 5, "lake"),
    Row("a knight fighting a dragon in front of a ruined castle", "knight", 1, "", "<beside dragon"),
    Row("a lighthouse on a cliff during a thunderstorm", "lighthouse", 1, "cliff_coast"),
    Row("a chef in a white hat tossing a pizza", "chef", 1, "", "holding pizza"),
    Row("two old friends playing chess in the park", "person", 2, "park", "holding toy"),
    Row("a hot air balloon over a vineyard at dawn", "balloon", 1, "vineyard"),
    Row("the Eiffel tower at night in the rain", "tower", 1, ""),
    Row("a whale jumping out of the sea", "whale", 1, "sea"),
    Row("a market stall with fruit and vegetables", "fruit", 1, "market"),
    Row("a village church in the snow", "", 0, ""),
    Row("a boy and his dog sitting on a dock", "boy", 1, "harbour"),
    Row("a cosy living room with a fireplace and a sleeping dog", "fireplace", 1, "room"),
    Row("a violin on a red velvet chair", "violin", 1, "", "on chair"),
    Row("a ballet dancer on a stage in the spotlight", "woman", 1, "stage"),
    Row("a school of fish around a coral reef", "fish", 5, "underwater"),
    Row("four horses galloping along the beach", "horse", 4, "beach"),
    Row("a scarecrow in a corn field with crows flying above it", "scarecrow", 1, "field"),
    Row("a vase of tulips on a windowsill in the morning light", "vase", 1, "room"),
    Row("a mouse hiding behind a teapot", "mouse", 1, "", "behind teapot"),
    Row("a snowman wearing a top hat and a carrot nose", "snowman", 1, "", "wearing top hat"),
    Row("a yellow taxi in a New York street", "car", 1, "street"),
    Row("a cat in a cardboard box", "cat", 1, "", "in box"),
    Row("a group of hikers walking up a mountain path", "person", 5, ""),
    Row("a dragon sleeping on a pile of gold coins in a cave", "dragon", 1, "cave", "on coin"),
    Row("a birthday cake with five candles", "cake", 1, "table_top"),
    Row("an empty classroom after school, without people", "", 0, "classroom"),
    Row("a tractor ploughing a field", "tractor", 1, "field"),
    Row("children building a sandcastle on the beach", "child", 3, "beach", "<beside castle"),
    Row("a waterfall in the jungle with parrots", "parrot", 3, "waterfall"),
    Row("a man walking his dog in autumn leaves", "man", 1, "", "<beside dog"),
    Row("an elephant balancing on a ball in a circus", "elephant", 1, "stage", "on ball"),
    Row("a wolf howling at the moon", "wolf", 1, "forest"),
    Row("a surfer riding a wave", "person", 1, "sea"),
    Row("a red bridge in a Japanese garden", "", 0, ""),
    Row("a barista pouring milk in a coffee shop", "person", 1, "cafe", "holding juice"),
    Row("a frog on a lily pad with a tiny crown", "frog", 1, "lake"),
    Row("a sleeping cat on a stack of books", "cat", 1, "", "on book"),
    Row("a spaceship landing on a red planet", "rocket", 1, ""),
)  # fmt: skip
"""Half of the table: the reading was made better while looking at these."""

FRESH = (
    Row("a grandmother baking bread in a rustic kitchen", "old_woman", 1, "kitchen", "holding bread"),
    Row("two cows grazing in a misty valley", "cow", 2, "valley"),
    Row("a monkey eating a banana in a tree", "monkey", 1, "", "holding banana"),
    Row("a motorcycle parked under a street lamp in the rain", "motorcycle", 1, "", "under lantern"),
    Row("a mermaid sitting on a rock by the sea", "mermaid", 1, "sea", "on rock"),
    Row("a librarian pushing a cart of books", "person", 1, "library", "<beside cart"),
    Row("a hedgehog wearing a tiny blue scarf", "hedgehog", 1, "", "wearing blue scarf"),
    Row("an orange cat and a grey dog sleeping on a sofa", "cat", 1, "", "on sofa"),
    Row("a cup of tea next to an open book on a wooden table", "cup", 1, "table_top", "beside book"),
    Row("a red double-decker bus crossing a bridge in London", "bus", 1, "bridge"),
    Row("a cowboy riding a horse through a canyon at sunset", "cowboy", 1, "canyon", "riding horse"),
    Row("three witches stirring a cauldron in a dark forest", "witch", 3, "forest"),
    Row("a polar bear and her cub on melting ice", "polar_bear", 1, "arctic"),
    Row("a fisherman in a small wooden boat on a calm lake at dawn", "man", 1, "lake", "in sailing_boat"),
    Row("a bouquet of roses in a glass vase", "vase", 1, "table_top"),
    Row("a robot playing the piano on a stage", "robot", 1, "stage", "holding piano"),
    Row("a giraffe looking over a fence", "giraffe", 1, "", "over fence"),
    Row("a family having a picnic in a meadow full of flowers", "person", 5, "meadow"),
    Row("a bookshop on a rainy street in Paris", "shop", 1, "street"),
    Row("a samurai under a cherry tree", "samurai", 1, "", "under cherry_tree"),
    Row("seven dwarves walking through a snowy forest", "gnome", 7, "forest"),
    Row("a firefighter carrying a kitten", "man", 1, ""),
    Row("a submarine under the ice", "submarine", 1, ""),
    Row("a plate of sushi with chopsticks", "plate", 1, "table_top"),
    Row("an airplane flying over snowy mountains", "aeroplane", 1, "mountains"),
    Row("a cactus in a clay pot on a desk", "cactus", 1, "", "in jar"),
    Row("a rabbit in a waistcoat looking at a pocket watch", "rabbit", 1, "", "wearing waistcoat"),
    Row("a farmer driving a tractor through a wheat field", "farmer", 1, "field"),
    Row("a street musician playing the saxophone", "person", 1, "street", "holding trumpet"),
    Row("an abandoned house at the edge of a swamp, no animals", "house", 1, "forest"),
    Row("a jellyfish glowing in the deep sea", "jellyfish", 1, "underwater"),
    Row("a boy looking through a telescope at the stars", "boy", 1, ""),
    Row("a lion and a lamb lying together", "lion", 1, "meadow"),
    Row("a girl with a red balloon on a swing", "girl", 1, ""),
    Row("a wooden cabin beside a frozen lake in the mountains", "house", 1, "lake"),
    Row("a couple dancing in the rain", "person", 2, "meadow"),
    Row("a turtle swimming over a coral reef", "turtle", 1, "underwater"),
    Row("a skier racing down a mountain", "person", 1, "mountains"),
    Row("a butterfly on a purple flower", "butterfly", 1, "", "on flower"),
    Row("an old lighthouse keeper with a lantern", "person", 1, ""),
    Row("a pumpkin on a porch with autumn leaves", "pumpkin", 1, ""),
    Row("a train station in the 1930s with a steam locomotive", "train", 1, "railway"),
    Row("a swan and six cygnets on a river", "swan", 1, "river"),
    Row("a dog wearing sunglasses lying on a beach towel", "dog", 1, "beach", "wearing sunglasses"),
    Row("a fairy sitting on a mushroom reading a tiny book", "fairy", 1, "forest", "on mushroom"),
    Row("a violinist in a black dress in an empty church", "person", 1, "church", "wearing black dress"),
    Row("a ghost in a haunted mansion by candlelight", "ghost", 1, ""),
    Row("a golden retriever puppy chewing a shoe in the garden", "dog", 1, "garden"),
    Row("sheep on a green hillside without a fence", "sheep", 1, "meadow"),
    Row("a pair of red shoes on a wooden floor", "shoe", 2, ""),
    Row("two astronauts playing cards on the moon", "astronaut", 2, "desert"),
    Row("a glass of red wine and some cheese", "glass", 1, "table_top"),
    Row("a windmill behind a field of tulips", "windmill", 1, "field"),
    Row("an eagle catching a fish in a river", "eagle", 1, "river", "<beside fish"),
    Row("a tent beside a campfire under the stars", "tent", 1, "", "beside campfire"),
    Row("a night market in Bangkok full of lanterns", "lantern", 3, "market"),
    Row("a clown holding three balloons in front of a circus tent", "clown", 1, "stage"),
    Row("a queen on a throne with a lion at her feet", "princess", 1, "", "on chair"),
    Row("a panda eating bamboo in a bamboo forest", "panda", 1, "forest", "holding bamboo"),
    Row("a sailor leaning on the rail of a ship", "man", 1, ""),
)  # fmt: skip
"""Written before the reading was tuned on the others. At the first look 54 of these 60 were right."""

MISREAD = frozenset({"a librarian pushing a cart of books", "a mermaid sitting on a rock by the sea"})
"""Those of the fresh half that are read otherwise: a meadow for the librarian, and a beach for "by the sea"."""
