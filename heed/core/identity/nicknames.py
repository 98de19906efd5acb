"""Short and pet forms of given names, as data: every line is one family of names.

Gathered by hand from ordinary British usage, including spellings common in South Asian, African, Polish and
Irish families, so that a changed spelling costs no child its history. A name may stand in several lines.
Who meets a missing one adds it here; nothing else changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

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
ariana arianna
arthur art artie artur
ashley ashleigh ash
ayla aila isla ayl
barbara barb babs basia
bartek bart
bartholomew bart bartek
beatrice bea trixie
beatriz bea
benjamin ben benny benji
bernard bernie
bethany beth
bradley brad
brandon bran
bridget bridie biddy
caitlin cait
callum calum cal
cameron cam
carl karl
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
connor conor con
courtney court
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
dmitri dima mitya dmitry
dominic dom nick
dominika nika
dorothy dot dottie
douglas doug dougie
eduardo edu edward
edward ed eddie ted teddy ned
ekaterina katya catherine kate
eleanor elinor ellie nell nellie nora lena ella
elena lena helen
elizabeth elisabeth liz lizzie beth betty eliza elsie libby lisa bess ela elzbieta liza lizzy
ellen nell nellie ellie
ellie elly ella
emily em emma millie emmy
emma em emmy
erin er
esther essie
ethan eth
eve eva evie ewa
evelyn evie eve
ewan euan owen
farhan farrhan
fatima fatimah fatema fatma fati
felicity fliss flick
fernanda nanda
finley finlay fin finn
florence flo florrie flossie
frances fran frankie
francesca fran frankie chess
francis frank frankie fran
frederick fred freddie freddy
gabriel gabe gabi
gabriela gabriella gabi gabby
gabriella gabriela gabrielle gabby ella
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
hannah hanna anna
harold harry hal
harriet hattie harry
harrison harry
hassan hasan
helen nell lena ellie
henry harry hal hank
holly hol
hussain hussein husain
ian iain
ibrahim ibby ibra ebrahim
ifeoma ify
imogen immy
imran emran
ioana ioanna joanna
isaac ike zac
isabel isabelle isabella isobel izzy bella belle issy
isabela isabella bella isa
ivan vanya john
jack jackie jacky
jacob jake jakub kuba
jacqueline jackie jacqui
jade jay
james jim jimmy jamie jem
janet jan
jasmine jas jaz jazz yasmin yasmine
jason jay jase
jaspreet jas
jayden jaydon jaden jay
jennifer jen jenny jenna
jeremy jez jerry
jermaine jay jerm
jerzy jurek
jessica jess jessie
joanna joanne jo joasia
john jon johnny jack jan ian sean shaun
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
kaitlyn caitlin kate katie
kamal kemal
karen kaz
katarina kat katya
kayleigh kaylee kayley kay
keira kiera kira
kelly kel
kenneth ken kenny
kevin kev
khadija khadijah khadeeja dija
kieran ciaran kieron
kimberley kimberly kim
krzysztof krzys
kyle ky
latoya toya
laura laurie lol
lauren laurie loz
lawrence laurence larry laurie
leah lea lia
leanne lee leigh
lee leigh
leo leon leonard
leonard len lenny leo
leticia tish letitia
letitia tish
lewis louis lew lou louie
liam lee william
lillian lily lilly lil
lily lilly lil lillie
linda lin lynn
lindsay lindsey lin
lloyd floyd
logan logie
louisa luisa
louise lou lulu
lucy luce lucie
ludmila mila
luke lukas lucas lukasz
lydia lyd
maciej matthew
madeleine madeline maddie maddy
maisie maisy mais
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
megan meg meggie megs
mehmet mehmed mohammed
melanie mel
melissa mel lissa missy
mia mya
michael mike mick mickey mikey micky michal
michelle shell chelle
mihai mishu mihail michael
mikhail misha michael
millicent millie
mohammed muhammad mohamed mohammad muhammed mohamad mo md hamada hammad
mohsin moh
molly moll
morgan morg
naomi nay
natalia talia nat
natalie nat tilly natalia
natasha tasha nat tash
nathan nate nath nathaniel
nathaniel nathan nate nath
niamh neve neave
nicholas nick nicky nico
nicola nicky nikki nic
nicole nicky nikki nic
nikolai kolya nicholas
nora eleanor norah
oliver ollie olly
olivia liv livvy olly
oluwaseun seun
omar umar omer
oscar ozzy
owen ewan
pamela pam
patricia pat patsy tricia trish paddy
patrick pat paddy pad
patrycja patricia
paul pawel
paulina pauline
penelope penny
peter pete piotr
philip phillip phil pip
phoebe phoeb
piotr peter petr
poppy pops
priya priyanka pri
rachel rachael rach rae
rafael rafa raphael
raymond ray
rebecca rebekah becky becca bex becs
reece rhys reese
reginald reg reggie
rhiannon rhi
richard rich rick ricky dick richie
robert rob bob bobby robbie bert
robin rob
roksana roxanne
ronald ron ronnie
rosemary rose rosie
rosie rose
roxanne roxy
ruby rubes
ryan rian
sabrina brina
saffron saff saffy
sajid sajjad
sakina sukaina
samantha sam sammy
samir sameer
samuel sam sammy sami samuil
sandra sandy
sarah sara sally sadie
scarlett scarlet
scott scotty
sean shaun shawn
sebastian seb bastian
shanice shan
shannon shan
sharifa sherifa
sharon shaz
shelley michelle shell
sian sean
sienna si
simon si
simone simona
simran sim
sofia zofia sophie
sophie sophia sofia soph zofia
stacey stacy stace
stanislaw stas staszek
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
tariq tarik
tatiana tanya tania
taylor tay
terence terry tel
teresa theresa tess terri terry
thea dorothea theodora
theodore theo ted teddy
thomas tom tommy tomasz
tiffany tiff
timothy tim timmy
tobias toby
tracey tracy trace
tristan tris
tyler ty
tyrone ty
usman uthman osman
valentina vale val
valerie val
vanessa nessa ness
veronica ronnie roni
victor vic
victoria vicky vicki tori vic
vikram vik
vincent vince vinny
violet vi
vladimir vova vlad
volodymyr vova vlad
wendy wend
weronika veronica nika
wiktoria wiki victoria
william will bill billy liam willie
winifred winnie freda
xavier javier
yasmin yasmine jasmine yaz
yevhen eugene yevgeny zhenya
yewande wande
yulia julia
yusuf yousef yousuf joseph
yvonne eve
zachary zac zach zack zachariah
zainab zaynab zeinab zee
zara zahra sara
zoe zoey
zuzanna zuza susanna
"""
_ALONE = """
adriana alana alina amara amber amira andrea asher aurora aylan ayra azra bilal blake brody carla cole colin craig dana
daniela dean denise dexter dylan eden eliana elias elijah erica esme evan ezra faith farid farida fern fiona freya
gavin gemma glen gordon habib habiba hallie hamid hamida harley harper harvey hayden heidi hope hugo hunter inaya ines
iris isha ismail ivy jamil jamila jasper jayla jodie joel jonah joy juliana justin kai kaia karim karima kaya kayden
kayla keith khalid khalida kian kirsty kyra lara latif latifa layla leila leona liana liliana lina lola lorna luca
lucia luis luna lyla mabel maia maja majid majida marcel marco mario martina mason maya mehdi milan miles milo mira
mohsen moira musa myla nabil nabila nadia nadir nadira nathalie neil nia nigel nina noah nola olga orla otis paige
paula pedro petra philippa phoenix quinn rafiq rafiqa rashid rashida raya reuben ricardo riley roberta roberto rohan
roman rory rosa ross rowan rufus ruth sadia safia saida salim salima samara samia samira sana selma shahid shahida
shane skye sonia stefan stefania stella tara tiana todd tomas uma una vera wahid wahida wanda wayne wilma wren yana
yara zahid zahida zain zayn zelda zoya
"""
"""Names that have no short form here, listed since they are names, and no slip of another."""


def _table(families: str) -> Mapping[str, tuple[str, ...]]:
    """Upper-case name to the first names of the families it belongs to, in order."""
    heads: dict[str, list[str]] = defaultdict(list)
    for line in families.upper().split("\n"):
        for name in line.split():
            head = line.split()[0]
            if head not in heads[name]:
                heads[name].append(head)
    return {name: tuple(found) for name, found in heads.items()}


_HEADS = _table(_FAMILIES + "\n".join(_ALONE.split()))


def families_of(name: str) -> tuple[str, ...]:
    """The families of names a plain upper-case given name belongs to; itself alone when unknown."""
    return _HEADS.get(name, (name,))


def is_a_name(name: str) -> bool:
    """Whether a plain upper-case given name is in the list at all."""
    return name in _HEADS


def all_names() -> Iterable[str]:
    """Every plain upper-case given name of the list."""
    return _HEADS.keys()
