"""Words that begin with a capital and name nobody: of the calendar, of the work, and those that begin sentences."""

ORDINARY = frozenset(
    """
    ms miss mrs mr mx dr sir
    i i'm i'll the a an this that these those there here he she it we they you his her hers its our their my your me him
    them us who what when where why how which and or but if so as at by for from in into of off on onto out over to up
    with within without after again all also although another any are is was were be been being because before behind
    below between both can could did do does done down during each either else even ever every few first further had
    has have having just last later least less many may might more most much must neither never next no none nor not
    nothing nobody now once one only other others own perhaps same several shall should since some somebody someone
    something soon still such than then though three through too two until very well while whose will would yes yet
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday christmas easter bank holiday
    england wales scotland ireland northern british welsh scottish irish english gmt utc bst
    police school health home council agency nurse doctor gp teacher officer sergeant constable inspector manager worker
    social care team duty desk mother father mum dad parent parents carer sister brother aunt uncle grandmother nan
    child children girl girls boy boys young person people adult adults man men woman women friend friends family
    cse cce nhs upn nfa mash mace misper cin cp lac la rhi tac taf eha dsl senco camhs a&e ae ed pc ps di dci ds cid
    returned collected visited called phoned rang texted attended found seen said says told asked reported recorded
    spoke spoken discussed met meeting left went came come gone missing absent late early picked dropped taken took
    stayed seems seemed appeared looked wore had given gave bought brought driven arrived refused agreed declined
    raised noted checked contacted referred closed opened no further action section strategy discussion conference
    information concern referral visit interview intelligence noticed worried unknown not known safe well risk low
    medium high details update review plan panel corrected sent by mistake believe believes think thinks know knows
    heed record adult place vehicle telephone account professional left out support supports
    """.split()  # noqa: SIM905
)
