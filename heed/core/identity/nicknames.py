"""Short and pet forms of given names, as data: every line is one family of names.

Gathered by hand from ordinary British usage, including spellings common in South Asian, African, Polish and
Irish families, so that a changed spelling costs no child its history. A name may stand in several lines,
or alone in one: then it is known to be a name, and no slip of another.
Who meets a missing one adds it here; nothing else changes.
"""

from collections import defaultdict
from collections.abc import Mapping

_FAMILIES = """
aaliyah aliyah aliya alia
abdul abdullah abdallah
abdulrahman abdurrahman rahman
abigail abbie abby abi gail
adaeze ada
adam adamski
adrian ade
agnieszka aga agnes
ahmed ahmad ahmet
aidan aiden ayden adan
aisha ayesha aysha aishah aysh
alan allan allen al
albert al bert bertie albie
aleksander alexander alek sasha olek
aleksandra alexandra ola sasha
alexander alex alec al sandy xander sasha lex
alexandra alex alexa lexi lexie sandra sasha ally
alexandru alexander alex sandu
alfred alf alfie fred freddie
alice ali allie
alison ali allie
amanda mandy manda
amber
amelia amy millie melia emilia
amina aminah aminata
amir ameer
anastasia ana nastia stacey
andrew andy drew
angela angie ange
anita nita
anjali anj
anna ann anne annie anya hannah ania
annabel bella belle annie
anthony antony tony ant
antonia toni tonya
antonio anthony toni
archibald archie
arthur art artie artur
asher
ashley ashleigh ash
aurora
ayla aila isla ayl
ayra
azra
barbara barb babs basia
bartek bart
bartholomew bart bartek
beatrice bea trixie
beatriz bea
benjamin ben benny benji
bernard bernie
bethany beth
bilal
blake
bradley brad
brandon bran
bridget bridie biddy
brody
caitlin cait
callum calum cal
cameron cam
carolina carol caro
catherine katherine kathryn cathy kathy kate katie cath kath kat kitty katarzyna kasia caitlin catriona
charles charlie chas chuck chaz
charlie chaz chas charles
charlotte charlie lottie lotty char
chelsea chels
chloe chlo
christian chris
christina christine chris chrissie tina krystyna
christopher chris kit topher krzysztof christofer
claire clare
cole
connor conor con
courtney court
craig
cynthia cindy
daisy dais
daniel dan danny
danielle dani danni danny
dariusz darek
darren daz
david dave davey dai
deborah debra deb debbie debs
declan dec
deepak deep
delroy roy
denzel den
derek del
dexter
dmitri dima mitya dmitry
dominic dom nick
dominika nika
dorothy dot dottie
douglas doug dougie
eden
eduardo edu edward
edward ed eddie ted teddy ned
ekaterina katya catherine kate
eleanor elinor ellie nell nellie nora lena ella
elena lena helen
eliana
elias
elijah
elizabeth elisabeth liz lizzie beth betty eliza elsie libby lisa bess ela elzbieta liza lizzy
ellen nell nellie ellie
ellie elly ella
emily em emma millie emmy
emma em emmy
erica
erin er
esme
esther essie
ethan eth
eve eva evie ewa
evelyn evie eve
ewan euan owen
ezra
faith
farhan farrhan
fatima fatimah fatema fatma fati
felicity fliss flick
fern
fernanda nanda
finley finlay fin finn
florence flo florrie flossie
frances fran frankie
francesca fran frankie chess
francis frank frankie fran
frederick fred freddie freddy
freya
gabriel gabe gabi
gabriela gabriella gabi gabby
gabriella gabriela gabrielle gabby ella
gemma
geoffrey jeffrey geoff jeff
george georgie
georgia georgie george gia
georgina georgie gina george
gerald gerry jerry
gerard gerry jerry
grace gracie
graham graeme grahame
gregory greg
gurpreet gur preet
gwendolyn gwen wendy
hallie
hannah hanna anna
harley
harold harry hal
harper
harriet hattie harry
harrison harry
harvey
hassan hasan
hayden
heidi
helen nell lena ellie
henry harry hal hank
holly hol
hope
hugo
hunter
hussain hussein husain
ian iain
ibrahim ibby ibra ebrahim
ifeoma ify
imogen immy
imran emran
inaya
ines
ioana ioanna joanna
iris
isaac ike zac
isabel isabelle isabella isobel izzy bella belle issy
isabela isabella bella isa
isha
ivan vanya john
ivy
jack jackie jacky
jacob jake jakub kuba
jacqueline jackie jacqui
jade jay
james jim jimmy jamie jem
janet jan
jasmine jas jaz jazz yasmin yasmine
jason jay jase
jasper
jaspreet jas
jayden jaydon jaden jay
jayla
jennifer jen jenny jenna
jeremy jez jerry
jermaine jay jerm
jerzy jurek
jessica jess jessie
joanna joanne jo joasia
john jon johnny jack jan ian sean shaun
jonah
jonathan jonathon jon jonny john
jordan jord jordy
jose pepe
joseph joe joey jozef yusuf
josephine jo josie
joshua josh
juan john
judith judy jude
julia julie jules
julian jules
kai
kaia
kaitlyn caitlin kate katie
kamal kemal
karen kaz
katarina kat katya
kaya
kayden
kayla
kayleigh kaylee kayley kay
keira kiera kira
kelly kel
kenneth ken kenny
kevin kev
khadija khadijah khadeeja dija
khalid
kian
kieran ciaran kieron
kimberley kimberly kim
krzysztof krzys
kyle ky
kyra
latoya toya
laura laurie lol
lauren laurie loz
lawrence laurence larry laurie
layla
leah lea lia
leanne lee leigh
lee leigh
leila
leo leon leonard
leonard len lenny leo
leticia tish letitia
letitia tish
lewis louis lew lou louie
liam lee william
liana
liliana
lillian lily lilly lil
lily lilly lil lillie
lina
linda lin lynn
lindsay lindsey lin
lloyd floyd
logan logie
lola
louise lou lulu
luca
lucia
lucy luce lucie
ludmila mila
luke lukas lucas lukasz
luna
lydia lyd
lyla
mabel
maciej matthew
madeleine madeline maddie maddy
maia
maisie maisy mais
maja
malcolm mal
manjit manjeet
marcus mark marc
margaret maggie meg peggy marge greta rita malgorzata gosia daisy
maria marie mary mariam maryam
martin marty
matilda tilly tilda mattie
matthew matt matty mateusz
maureen mo
maximilian max
maya
megan meg meggie megs
mehdi
mehmet mehmed mohammed
melanie mel
melissa mel lissa missy
mia mya
michael mike mick mickey mikey micky michal
michelle shell chelle
mihai mishu mihail michael
mikhail misha michael
milan
millicent millie
milo
mira
mohammed muhammad mohamed mohammad muhammed mohamad mo md hamada hammad
mohsen
mohsin moh
molly moll
morgan morg
musa
myla
nadia
naomi nay
natalia talia nat
natalie nat tilly natalia
natasha tasha nat tash
nathalie
nathan nate nath nathaniel
nathaniel nathan nate nath
nia
niamh neve neave
nicholas nick nicky nico
nicola nicky nikki nic
nicole nicky nikki nic
nikolai kolya nicholas
nina
noah
nola
nora eleanor norah
olga
oliver ollie olly
olivia liv livvy olly
oluwaseun seun
omar umar omer
orla
oscar ozzy
otis
owen ewan
paige
pamela pam
patricia pat patsy tricia trish paddy
patrick pat paddy pad
patrycja patricia
paul pawel
penelope penny
peter pete piotr
philip phillip phil pip
phoebe phoeb
phoenix
piotr peter petr
poppy pops
priya priyanka pri
quinn
rachel rachael rach rae
rafael rafa raphael
raya
raymond ray
rebecca rebekah becky becca bex becs
reece rhys reese
reginald reg reggie
reuben
rhiannon rhi
richard rich rick ricky dick richie
robert rob bob bobby robbie bert
robin rob
rohan
roksana roxanne
roman
ronald ron ronnie
rory
rosa
rosemary rose rosie
rosie rose
rowan
roxanne roxy
ruby rubes
rufus
ryan rian
sabrina brina
saffron saff saffy
sajid sajjad
sakina sukaina
samantha sam sammy
samir sameer
samuel sam sammy sami samuil
sana
sandra sandy
sarah sara sally sadie
scarlett scarlet
scott scotty
sean shaun shawn
sebastian seb bastian
selma
shanice shan
shannon shan
sharifa sherifa
sharon shaz
shelley michelle shell
sian sean
sienna si
simon si
simran sim
skye
sofia zofia sophie
sonia
sophie sophia sofia soph zofia
stacey stacy stace
stanislaw stas staszek
stella
stephanie steph stephie
stephen steven steve ste
stuart stewart stu
summer sum
susan susanna suzanne sue susie suzie
suzanne sue suzie
svetlana sveta lana
sylvia sylvie
tabitha tabby
tamara tammy
tamsin tammy tam
tanisha nisha
tara
tariq tarik
tatiana tanya tania
taylor tay
terence terry tel
teresa theresa tess terri terry
thea dorothea theodora
theodore theo ted teddy
thomas tom tommy tomasz
tiana
tiffany tiff
timothy tim timmy
tobias toby
tomas
tracey tracy trace
tristan tris
tyler ty
tyrone ty
uma
usman uthman osman
valentina vale val
valerie val
vanessa nessa ness
vera
veronica ronnie roni
victor vic
victoria vicky vicki tori vic
vikram vik
vincent vince vinny
violet vi
vladimir vova vlad
volodymyr vova vlad
wanda
wayne
wendy wend
weronika veronica nika
wiktoria wiki victoria
william will bill billy liam willie
winifred winnie freda
wren
xavier javier
yana
yara
yasmin yasmine jasmine yaz
yevhen eugene yevgeny zhenya
yewande wande
yulia julia
yusuf yousef yousuf joseph
yvonne eve
zachary zac zach zack zachariah
zain
zainab zaynab zeinab zee
zara zahra sara
zayn
zelda
zoe zoey
zoya
zuzanna zuza susanna
"""


def _table(families: str) -> Mapping[str, tuple[str, ...]]:
    """Upper-case name to the first names of the families it belongs to, in order."""
    heads: dict[str, list[str]] = defaultdict(list)
    for line in families.upper().split("\n"):
        for name in line.split():
            head = line.split()[0]
            if head not in heads[name]:
                heads[name].append(head)
    return {name: tuple(found) for name, found in heads.items()}


_HEADS = _table(_FAMILIES)


def families_of(name: str) -> tuple[str, ...]:
    """The families of names a plain upper-case given name belongs to; itself alone when unknown."""
    return _HEADS.get(name, (name,))


def is_a_name(name: str) -> bool:
    """Whether a plain upper-case given name stands in any line."""
    return name in _HEADS
