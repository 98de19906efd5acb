"""Short and pet forms of given names, as data: every line is one family of names.

Gathered by hand from ordinary British usage, including spellings common in South Asian, African, Polish and
Irish families, so that a changed spelling costs no child its history. A name may stand in several lines.
Who meets a missing one adds it here; nothing else changes.
"""

from collections import defaultdict
from collections.abc import Mapping

_FAMILIES = """
aaliyah aliyah aliya alia
abdul abdullah abdallah
abigail abbie abby abi gail
adam adamski
adrian ade
agnieszka aga agnes
aidan aiden ayden adan
ahmed ahmad ahmet
aisha ayesha aysha aishah aysh
alan allan allen al
albert al bert bertie albie
alexander alex alec al sandy xander sasha lex
alexandra alex alexa lexi lexie sandra sasha ally
alfred alf alfie fred freddie
alice ali allie
alison ali allie
amanda mandy manda
amelia amy millie melia emilia
amina aminah aminata
andrew andy drew
angela angie ange
anita nita
anna ann anne annie anya hannah ania
annabel bella belle annie
anthony antony tony ant
antonia toni tonya
archibald archie
arthur art artie
ashley ashleigh ash
ayla aila isla ayl
barbara barb babs basia
bartholomew bart bartek
beatrice bea trixie
benjamin ben benny benji
bernard bernie
bethany beth
bradley brad
brandon bran
bridget bridie biddy
callum calum cal
cameron cam
catherine katherine kathryn cathy kathy kate katie cath kath kat kitty katarzyna kasia caitlin catriona
charles charlie chas chuck
charlotte charlie lottie lotty char
chelsea chels
chloe chlo
christian chris
christina christine chris chrissie tina krystyna
christopher chris kit topher krzysztof
claire clare
connor conor con
courtney court
craig
cynthia cindy
daisy dais
daniel dan danny
danielle dani danni danny
darren daz
david dave davey dai
deborah debra deb debbie debs
declan dec
delroy roy
derek del
dominic dom nick
dorothy dot dottie
douglas doug dougie
edward ed eddie ted teddy ned
eleanor elinor ellie nell nellie nora lena ella
elizabeth elisabeth liz lizzie beth betty eliza elsie libby lisa bess ela elzbieta
ellen nell nellie ellie
ellie elly ella
emily em emma millie emmy
emma em emmy
erin er
ethan eth
eve eva evie ewa
evelyn evie eve
ewan euan owen
farhan farrhan
fatima fatimah fatema fatma fati
felicity fliss flick
finley finlay fin finn
florence flo florrie flossie
frances fran frankie
francis frank frankie fran
frederick fred freddie freddy
gabriel gabe gabi
gabriella gabrielle gabby ella
geoffrey jeffrey geoff jeff
george georgie
georgia georgie george
georgina georgie gina george
gerald gerry jerry
gerard gerry jerry
grace gracie
graham graeme grahame
gregory greg
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
imogen immy
imran emran
isaac ike zac
isabel isabelle isabella isobel izzy bella belle issy
jack jackie jacky
jacob jake jakub kuba
jacqueline jackie jacqui
jade jay
james jim jimmy jamie jem
janet jan
jasmine jas jaz jazz yasmin yasmine
jason jay jase
jayden jaydon jaden jay
jennifer jen jenny jenna
jeremy jez jerry
jessica jess jessie
joanna joanne jo joasia
john jon johnny jack jan ian sean shaun
jonathan jonathon jon jonny john
jordan jord jordy
joseph joe joey jozef yusuf
josephine jo josie
joshua josh
judith judy jude
julia julie jules
kaitlyn caitlin kate katie
karen kaz
kayleigh kaylee kayley kay
keira kiera kira
kelly kel
kenneth ken kenny
kevin kev
khadija khadijah khadeeja
kieran ciaran kieron
kimberley kimberly kim
kyle ky
laura laurie lol
lauren laurie loz
lawrence laurence larry laurie
leah lea lia
leanne lee leigh
lee leigh
leo leon leonard
leonard len lenny leo
lewis louis lew lou louie
liam lee william
lillian lily lilly lil
lily lilly lil lillie
linda lin lynn
lindsay lindsey lin
lloyd floyd
logan logie
louise lou lulu
lucy luce lucie
luke lukas lucas lukasz
lydia lyd
maciej matthew
madeleine madeline maddie maddy
maisie maisy mais
malcolm mal
margaret maggie meg peggy marge greta rita malgorzata gosia daisy
maria marie mary mariam maryam
marcus mark marc
martin marty
matthew matt matty mateusz
maureen mo
maximilian max
megan meg meggie
melanie mel
melissa mel lissa missy
michael mike mick mickey mikey micky michal
michelle shell chelle
mia mya
millicent millie
mohammed muhammad mohamed mohammad muhammed mohamad mo md
molly moll
morgan morg
naomi nay
natalie nat tilly natalia
natasha tasha nat tash
nathan nate nath nathaniel
nathaniel nathan nate nath
nicholas nick nicky nico
nicola nicky nikki nic
nicole nicky nikki nic
niamh neve neave
noah
nora eleanor norah
oliver ollie olly
olivia liv livvy olly
oscar ozzy
owen ewan
pamela pam
patricia pat patsy tricia trish paddy
patrick pat paddy pad
paul pawel
peter pete piotr
penelope penny
philip phillip phil pip
phoebe phoeb
poppy pops
priya priyanka
rachel rachael rach rae
raymond ray
rebecca rebekah becky becca bex becs
reece rhys reese
reginald reg reggie
rhiannon rhi
richard rich rick ricky dick richie
robert rob bob bobby robbie bert
robin rob
ronald ron ronnie
rosemary rose rosie
rosie rose
roxanne roxy
ruby rubes
ryan rian
sabrina brina
saffron saff saffy
sajid sajjad
samantha sam sammy
samir sameer
samuel sam sammy
sandra sandy
sarah sara sally sadie
scarlett scarlet
scott scotty
sean shaun shawn
sebastian seb bastian
shannon shan
sharon shaz
shelley michelle shell
sian sean
sienna si
simon si
sophie sophia sofia soph zofia
stacey stacy stace
stephanie steph stephie
stephen steven steve ste
stuart stewart stu
summer sum
susan susanna suzanne sue susie suzie
suzanne sue suzie
sylvia sylvie
tabitha tabby
tamara tammy
tamsin tammy tam
tariq tarik
taylor tay
teresa theresa tess terri terry
terence terry tel
thea dorothea theodora
theodore theo ted teddy
thomas tom tommy tomasz
tiffany tiff
timothy tim timmy
tobias toby
tracey tracy trace
tyler ty
valerie val
vanessa nessa ness
veronica ronnie roni
victor vic
victoria vicky vicki tori vic
vincent vince vinny
violet vi
wanda
wayne
wendy wend
william will bill billy liam willie
winifred winnie freda
yasmin yasmine jasmine yaz
yusuf yousef yousuf joseph
yvonne eve
zachary zac zach zack zachariah
zainab zaynab zeinab
zara zahra sara
zoe zoey
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
