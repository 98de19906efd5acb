"""Sentences of records: plain, professional, non-graphic. Some carry the turns of phrase of their time
("absconded", "refused to engage"), because records do; none describes harm done to a child.
"""

from synthetic.chance import Chance

FOUND = (
    "Found at {hour} at {place} by a passing patrol. Checked and taken home.",
    "Located at {place} after a call from a member of the public. No complaint made at the time.",
    "Seen at {place} by officers on foot and brought back. Said little on the way.",
    "Traced to {place}. Appeared tired. Carer informed at {hour}.",
)
RETURNED = (
    "Returned of own accord at {hour}. Spoken to at the door. Appeared well.",
    "Came home at {hour}. Would not say where the time was spent.",
    "Carer rang at {hour} to say {name} is back. Prevention interview to follow.",
    "Returned safe and well. No further enquiries.",
    "Absconded again overnight and returned by {hour}. Refused to engage.",
)
STILL = ("Not found when this was written. Enquiries at usual places under way.",)
CARE_MISSING = (
    "Notified by the police that {name} had been missing. Return interview to be offered.",
    "Carer reported {name} away overnight. Allocated worker told.",
    "{name} was away from placement. Discussed with carer; risk assessment to be updated.",
)
HOME_MISSING = (
    "{name} left after tea and did not come back by curfew. Police told, local places checked.",
    "{name} not in the room at the night check. Window open. Police and on-call manager told.",
    "{name} did not come home from school. Telephone off. Reported after an hour.",
)
INTERVIEW = (
    "Seen at home. Talked about school and friends first. {name} agreed that some of this may be shared.",
    "Met in the car park as {name} did not want to talk indoors. Brief, but thoughtful.",
    "Second attempt. {name} described the evening in a few words and asked who would read this.",
    "Seen at school with the form tutor's help. {name} was quiet and polite.",
)
DECLINED = (
    "Offered and declined. Carer spoken to instead; nothing further known.",
    "Two visits, no reply. Letter left with a number to ring.",
)
SCHOOL_ABSENCE = (
    "Absent the day after being reported missing. Home telephoned.",
    "Not in registration. No reason given until the afternoon.",
    "Third absence this half-term. Attendance letter sent.",
)
POLICE_CONTACT = (
    "Attended a report of a disturbance. Parties spoken to and parted.",
    "Stopped on foot late in the evening and taken home.",
    "Reported a mobile phone taken on the bus. Crime number given.",
    "Domestic incident at the address; children present and seen.",
    "Neighbour reported noise and young people coming and going.",
)
CARE_CONTACT = (
    "Contact from a relative worried about arguments at home. Advice given.",
    "Contact from school about attendance. Passed to early help.",
    "Parent asked for support with routines at home.",
    "Contact from health after a missed appointment.",
    "Anonymous contact about money worries in the household. No role identified.",
)
REFERRAL = (
    "Referral after repeated contacts about the home. Assessment asked for.",
    "Referral by school: tired, withdrawn, change in a short time.",
    "Referral by the police after attending the address twice in a month.",
    "Referral by the hospital following an attendance with an unclear history.",
)
VISIT = (
    "Statutory visit. Seen alone for part of it. Bedroom seen. Plans for the holidays discussed.",
    "Visit to the foster home. Settled, with some worry about a change of school.",
    "Visit. {name} out with friends; carer spoken to. To be rebooked.",
    "Visit. Talked about family time and what {name} would like to change.",
)
SCHOOL_CONCERN = (
    "Tired in class for some weeks, work not done, sits apart from old friends.",
    "Argument at break with another pupil; upset afterwards and did not want to go home on the bus.",
    "New trainers and a second telephone; says a friend gave them.",
    "Asked to stay in the library until someone could collect.",
)
HEALTH = (
    "Attended with a minor injury from a fall. Treated and discharged.",
    "Seen at the drop-in. Advice given, return visit offered.",
    "Did not attend appointment; second letter sent.",
    "Attended late in the evening with an adult who waited outside.",
    "Routine health assessment completed. No new issues raised.",
)
HOME_LOG = (
    "Quiet evening. {name} helped cook.",
    "{name} upset after a telephone call and went upstairs. Staff sat with {name} for a while.",
    "{name} asked to change rooms. To be discussed at the house meeting.",
    "House meeting. {name} spoke about bus fares.",
)
VOLUNTARY = (
    "Came to the drop-in with two others. Stayed for a meal.",
    "One-to-one session. Talked about sleep and school.",
    "Did not come to the session; text sent.",
)
DISCLOSURE = (
    "Said that something had been worrying {name} for a long time and asked what would happen if it was told.",
    "{name} asked to speak alone, then told a little and asked that it be written down.",
)
SIGHTING = (
    "Caller saw young people getting into a car outside the shops late in the evening.",
    "Resident reports cars stopping for a few minutes at a time after dark.",
    "Shopkeeper mentions young people waiting outside during school hours.",
)
COMPLAINT = (
    "Parent complains that calls about the children were not returned.",
    "Resident complains about cars stopping outside late at night.",
)
CHILDS_WORDS = (
    "I just wanted to be somewhere else.",
    "Nobody asked me, so I didn't say.",
    "I don't want to get anyone into trouble.",
    "I was with people I know.",
    "Can you not tell my mum the whole thing?",
    "I missed the last bus.",
    "It's easier than being at home when they shout.",
    "You are the first one who asked.",
)
NETWORK_WORDS = (
    "He said he would drive me home.",
    "They are nice to you at first.",
    "You can't say no to him.",
    "He gets angry if you don't answer the phone.",
    "The others go there as well.",
    "I don't know his real name.",
    "I want it to stop but I don't know how.",
    "He knows where I live.",
)
RISK_REASONS = {
    "low": ("not thought out of character", "known to stay with friends"),
    "medium": ("age and time of night", "second time this month", "third time this month", "in care"),
    "high": ("no contact for a day", "worry about adults around", "very upset when last seen"),
}
HUB_WORDS = {
    "vehicle": "the car {label}",
    "phone": "the telephone number {label}",
    "alias": "an adult called {label}",
    "account": "the messenger name {label}",
    "takeaway": "the shop at {label}",
    "hotel": "the hotel at {label}",
}
WARNING = (
    "I have now heard of {hub} from {count} young people. I am worried that the same adults are behind it, and I "
    "do not think looking at each child alone will show it. Please can somebody look at this as a whole.",
    "This is the {ordinal} time I write about {hub}. {names} have all spoken of it. I was told it was being looked "
    "at. I would like to know by whom.",
    "{names} know each other through {hub}. They go missing at the same times. I ask for a meeting of all agencies.",
    "I do not have proof, only what {names} have told me bit by bit about {hub}. I think they are being harmed by "
    "adults and are afraid. I am asking for advice on what to do now.",
)
REFUSALS = (
    ("no_further_action", "no complaint from the young people"),
    ("no_further_action", "insufficient information; resubmit if there is evidence"),
    ("no_further_action", "returned safe; lifestyle choice, parents to set boundaries"),
    ("monitor", "situation to be monitored"),
    ("passed_on", "passed to the other agency; closed here"),
    ("no_further_action", "does not meet the threshold"),
)
ANSWERS = (
    ("advice_given", "advice given to the person who raised it"),
    ("early_help", "offered early help and accepted"),
    ("assessment", "assessment started"),
    ("no_further_action", "checked with the family; no role"),
    ("referred", "referred to the right team"),
    ("joint_visit", "visited together with a colleague of the other agency"),
)


def one(lines: tuple[str, ...], chance: Chance, **words: str) -> str:
    """One of the sentences with its words put in."""
    return lines[chance.randrange(len(lines))].format(**words)
