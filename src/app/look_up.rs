//! Finds records by what people call them, with a helpful error if there is none.

use crate::{
    app::{AppError, find_member, nearest},
    domain::{
        model::{
            Advice, Channel, Contact, Facility, FacilityKind, Finding, Member, MemberFolder,
            MemberId, Meter, Record, RecordPath, Requirement, Slug, Space, StatementProfile, Tag,
            Tier, Zone, advice::Listed, text::shown,
        },
        money::Currency,
        records::Records as _,
    },
    integrations::statement::shipped,
    store::{ErrorKind, Revision},
};

/// Returns the settings of the space.
///
/// # Errors
/// Fails if they cannot be read.
pub fn space(revision: &Revision<'_>) -> Result<Space, AppError> {
    match required(revision, &RecordPath::Space)? {
        Record::Space(space) => Ok(space),
        other => Err(wrong_kind(&RecordPath::Space, &other)),
    }
}

/// Returns the currency of the space.
///
/// # Errors
/// Fails if the settings cannot be read.
pub fn currency(revision: &Revision<'_>) -> Result<Currency, AppError> {
    Ok(Currency::named(&space(revision)?.currency))
}

/// Returns one record.
///
/// # Errors
/// Fails if there is none, or if it cannot be read.
fn required(revision: &Revision<'_>, record_path: &RecordPath) -> Result<Record, AppError> {
    revision
        .record(record_path)
        .map_err(unreadable)?
        .ok_or_else(|| AppError::data(format!("{record_path} is missing")))
}

fn unreadable(finding: Finding) -> AppError {
    let mut error = AppError::new(ErrorKind::Data, format!("{} cannot be read", finding.path))
        .hint(Advice::MendOrUndo);
    error.findings.push(finding);
    error
}

fn wrong_kind(record_path: &RecordPath, record: &Record) -> AppError {
    AppError::internal(format!("{record_path} was read as {record:?}"))
}

/// Returns a member, in any of the ways of [`member_id`].
///
/// # Errors
/// Fails if no member matches (naming the nearest), or if several do (naming them all).
pub fn member(revision: &Revision<'_>, text: &str) -> Result<(MemberId, Member), AppError> {
    let id = member_id(revision, text)?;
    match required(revision, &RecordPath::Member(id))? {
        Record::Member(member) => Ok((id, member)),
        other => Err(wrong_kind(&RecordPath::Member(id), &other)),
    }
}

/// Returns the folder of a member, by number, name or the beginning of a name, and findings about
/// what cannot be read in it.
///
/// # Errors
/// Fails in the same cases as [`member`], except that the member's own record may be unreadable.
pub fn folder(
    revision: &Revision<'_>,
    text: &str,
) -> Result<(MemberFolder, Vec<Finding>), AppError> {
    // A number needs no separate look-up: the folder either exists or not.
    let id = text.parse().or_else(|_| member_id(revision, text))?;
    let (folder, findings) = revision.member(id);
    folder.map(|folder| (folder, findings)).ok_or_else(|| no_member(id))
}

fn no_member(id: MemberId) -> AppError {
    AppError::user(format!("there is no member {id}")).hint(Advice::List(Listed::Members))
}

/// Returns the number of a member, by number, bank reference, e-mail address, the number of a fob,
/// name or the beginning of a name; accents may be left out.
///
/// # Errors
/// Fails in the same cases as [`member`].
pub fn member_id(revision: &Revision<'_>, text: &str) -> Result<MemberId, AppError> {
    let text = text.trim();
    if let Some(id) = find_member::number(revision, text) {
        if revision.exists(&RecordPath::Member(id)) {
            return Ok(id);
        }
        return find_member::holder(revision, text)?.ok_or_else(|| no_member(id));
    }
    let found = find_member::matching(revision, text)?;
    match found.as_slice() {
        [] => {
            let roster = revision.roster();
            let members = roster.members().filter_map(|it| it.member.get());
            Err(nearest::unknown(Listed::Members, text, members.map(|member| member.name.as_str())))
        }
        [one] => Ok(one.id),
        several => {
            let name = |it: &MemberFolder| it.member.get().map(|m| m.name.clone());
            let who: Vec<String> = several
                .iter()
                .take(12)
                .map(|it| format!("{} {}", it.id, name(it).unwrap_or_default()))
                .collect();
            let more = several.len().saturating_sub(12);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            Err(AppError::user(format!(
                "`{text}` matches several members: {}{more}",
                who.join(", ")
            ))
            .hint("give the number, or more of the name"))
        }
    }
}

/// Returns a facility by its name.
///
/// # Errors
/// Fails if there is none, naming the nearest, or if its record cannot be read.
pub fn facility(revision: &Revision<'_>, text: &str) -> Result<(Slug, Facility), AppError> {
    let known = || revision.basis().0.facilities.keys().map(ToString::to_string).collect();
    let name = slug(text, Listed::Facilities, known)?;
    match revision.record(&RecordPath::Facility(name.clone())).map_err(unreadable)? {
        Some(Record::Facility(facility)) => Ok((name, facility)),
        _ => {
            let (basis, _) = revision.basis();
            Err(nearest::unknown(
                Listed::Facilities,
                text,
                basis.facilities.keys().map(Slug::as_str),
            ))
        }
    }
}

/// Returns the facilities with these names, each of which may be several with commas in between. If
/// none are given: those that the settings name for newcomers, or else all doors.
///
/// # Errors
/// Fails if there is no such facility, naming the nearest, or if there is no door.
pub fn facilities_or_doors(
    revision: &Revision<'_>,
    given: &[String],
) -> Result<Vec<Slug>, AppError> {
    let (basis, _) = revision.basis();
    if given.is_empty() {
        let space = basis.space.get();
        let opens = space.map(|it| &it.joining.facilities_on_joining).filter(|it| !it.is_empty());
        if let Some(opens) = opens {
            return Ok(opens.clone());
        }
        let doors = basis.facilities.iter().filter(|(_, folder)| {
            folder.facility.get().is_some_and(|facility| facility.kind == FacilityKind::Door)
        });
        let doors: Vec<Slug> = doors.map(|(name, _)| name.clone()).collect();
        if doors.is_empty() {
            return Err(AppError::user("the space has no door")
                .hint("name the facility that the credential opens"));
        }
        return Ok(doors);
    }
    let names = given.iter().flat_map(|names| names.split(','));
    let found = names.map(|name| {
        let known = basis.facilities.keys().find(|known| known.as_str() == name).cloned();
        known.ok_or_else(|| {
            let known = basis.facilities.keys().map(Slug::as_str);
            nearest::unknown(Listed::Facilities, name, known)
        })
    });
    found.collect()
}

/// Returns a tier by its name.
///
/// # Errors
/// Fails if there is none, naming the nearest, or if its record cannot be read.
pub fn tier(revision: &Revision<'_>, text: &str) -> Result<(Slug, Tier), AppError> {
    let known = || revision.basis().0.tiers.keys().map(ToString::to_string).collect();
    let name = slug(text, Listed::Tiers, known)?;
    match revision.record(&RecordPath::Tier(name.clone())).map_err(unreadable)? {
        Some(Record::Tier(tier)) => Ok((name, tier)),
        _ => {
            let (basis, _) = revision.basis();
            Err(nearest::unknown(Listed::Tiers, text, basis.tiers.keys().map(Slug::as_str)))
        }
    }
}

/// Returns a meter by its name.
///
/// # Errors
/// Fails if there is none, naming the nearest, or if its record cannot be read.
pub fn meter(revision: &Revision<'_>, text: &str) -> Result<(Slug, Meter), AppError> {
    let known = || revision.meters().iter().map(ToString::to_string).collect();
    let name = slug(text, Listed::Meters, known)?;
    match revision.record(&RecordPath::Meter(name.clone())).map_err(unreadable)? {
        Some(Record::Meter(meter)) => Ok((name, meter)),
        _ => {
            let names = revision.meters();
            Err(nearest::unknown(Listed::Meters, text, names.iter().map(Slug::as_str)))
        }
    }
}

/// Returns a zone by its name.
///
/// # Errors
/// Fails if there is none, naming the nearest, or if its record cannot be read.
pub fn zone(revision: &Revision<'_>, text: &str) -> Result<(Slug, Zone), AppError> {
    let known = || revision.zones().iter().map(ToString::to_string).collect();
    let name = slug(text, Listed::Zones, known)?;
    match revision.record(&RecordPath::Zone(name.clone())).map_err(unreadable)? {
        Some(Record::Zone(zone)) => Ok((name, zone)),
        _ => {
            let names = revision.zones();
            Err(nearest::unknown(Listed::Zones, text, names.iter().map(Slug::as_str)))
        }
    }
}

/// Returns a channel of a chat by its name.
///
/// # Errors
/// Fails if there is none, naming the nearest, or if its record cannot be read.
pub fn channel(revision: &Revision<'_>, text: &str) -> Result<(Slug, Channel), AppError> {
    let known = || revision.channels().iter().map(ToString::to_string).collect();
    let name = slug(text, Listed::Channels, known)?;
    match revision.record(&RecordPath::Channel(name.clone())).map_err(unreadable)? {
        Some(Record::Channel(channel)) => Ok((name, channel)),
        _ => {
            let names = revision.channels();
            Err(nearest::unknown(Listed::Channels, text, names.iter().map(Slug::as_str)))
        }
    }
}

/// Returns a statement profile by its name: the space's, else the one that comes with the program.
///
/// # Errors
/// Fails if there is none, naming the nearest, or if its record cannot be read.
pub fn profile(revision: &Revision<'_>, text: &str) -> Result<StatementProfile, AppError> {
    let known = || shipped().into_iter().map(|(name, _)| name.to_string()).collect();
    let name = slug(text, Listed::Profiles, known)?;
    match revision.record(&RecordPath::Profile(name)).map_err(unreadable)? {
        Some(Record::Profile(profile)) => Ok(profile),
        _ => {
            let mut names = revision.profiles();
            for (name, profile) in shipped() {
                if name.as_str() == text {
                    return Ok(profile);
                }
                names.push(name);
            }
            Err(nearest::unknown(Listed::Profiles, text, names.iter().map(Slug::as_str)))
        }
    }
}

/// Returns a requirement by its tag or the beginning of the tag.
///
/// # Errors
/// Fails if there is none, if several begin like this, or if the record cannot be read.
pub fn requirement(
    revision: &Revision<'_>,
    text: &str,
) -> Result<(Slug, Tag, Requirement), AppError> {
    let (name, tag) = requirement_place(revision, text)?;
    let record_path = RecordPath::Requirement(name.clone(), tag.clone());
    match required(revision, &record_path)? {
        Record::Requirement(requirement) => Ok((name, tag, requirement)),
        other => Err(wrong_kind(&record_path, &other)),
    }
}

/// Returns the place of the requirement with this tag, or of the only one whose tag begins like
/// this.
///
/// # Errors
/// Fails if there is none, or if several begin like this.
pub fn requirement_place(revision: &Revision<'_>, text: &str) -> Result<(Slug, Tag), AppError> {
    requirement_tag(revision, text)?.ok_or_else(|| {
        AppError::user(format!("no requirement has the tag `{}`", shown(text)))
            .hint(Advice::List(Listed::Requirements))
    })
}

/// Does the same as [`requirement_place`], except that finding none is not an error.
///
/// # Errors
/// Fails if several begin like this.
pub fn requirement_tag(
    revision: &Revision<'_>,
    text: &str,
) -> Result<Option<(Slug, Tag)>, AppError> {
    let mut found = Vec::new();
    for facility in revision.facilities() {
        for tag in revision.requirements(&facility) {
            if tag.as_str() == text {
                return Ok(Some((facility, tag)));
            }
            if !text.is_empty() && tag.as_str().starts_with(text) {
                found.push((facility.clone(), tag));
            }
        }
    }
    match found.len() {
        0 | 1 => Ok(found.pop()),
        _ => Err(AppError::user(format!(
            "several requirements have a tag that begins with `{}`",
            shown(text)
        ))
        .hint(Advice::GiveMore(Listed::Requirements))),
    }
}

/// Reads a short name. What cannot be one may still be near one that is known: `Standard`.
fn slug(text: &str, list: Listed, known: impl FnOnce() -> Vec<String>) -> Result<Slug, AppError> {
    text.parse().map_err(|why: String| {
        let known = known();
        let known = known.iter().map(String::as_str);
        match nearest::nearest(text, known.clone()) {
            Some(_) => nearest::unknown(list, text, known),
            None => AppError::user(why),
        }
    })
}

/// Returns the contact data of a member, or empty contact data if there is none.
///
/// # Errors
/// Fails if they cannot be read.
pub fn contact(revision: &Revision<'_>, id: MemberId) -> Result<Contact, AppError> {
    match revision.record(&RecordPath::Contact(id)).map_err(unreadable)? {
        Some(Record::Contact(contact)) => Ok(contact),
        _ => Ok(Contact::default()),
    }
}

/// Returns a credential and its member, by the tag or the beginning of the tag.
///
/// # Errors
/// Fails if there is none, or if several begin like this.
pub fn credential(revision: &Revision<'_>, text: &str) -> Result<(MemberId, Tag), AppError> {
    if let Ok(tag) = text.parse::<Tag>() {
        let exact = revision.tagged(&tag).into_iter().find_map(|record_path| match record_path {
            RecordPath::Credential(id, tag) => Some((id, tag)),
            _ => None,
        });
        if let Some(found) = exact {
            return Ok(found);
        }
    }
    let mut found: Vec<(MemberId, Tag)> = revision
        .roster()
        .members()
        .flat_map(|folder| folder.credentials.iter().map(|(tag, _)| (folder.id, tag)))
        .filter(|(_, tag)| !text.is_empty() && tag.as_str().starts_with(text))
        .map(|(id, tag)| (id, tag.clone()))
        .collect();
    match found.len() {
        0 => Err(AppError::user(format!("no credential has the tag `{}`", shown(text)))
            .hint(Advice::List(Listed::Credentials))),
        1 => Ok(found.remove(0)),
        _ => {
            let tags: Vec<String> =
                found.iter().take(6).map(|(id, tag)| format!("{tag} of {id}")).collect();
            Err(AppError::user(format!(
                "several tags begin with `{}`: {}",
                shown(text),
                tags.join(", ")
            ))
            .hint("give more of the tag"))
        }
    }
}
