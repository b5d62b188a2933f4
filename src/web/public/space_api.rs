//! The status in the form of SpaceAPI: the fields of version 15 that a space has something to say in.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    known::Known,
    sensors::{Count, DoorLocked, Sensors},
};
use crate::{
    app::{AppError, look_up},
    config::PublicStatus,
    domain::{dues::Standing, money::Currency},
    web::Site,
};

/// The versions of the format that the fields agree with.
const VERSIONS: [&str; 2] = ["14", "15"];

/// The document.
#[derive(Serialize)]
pub(super) struct SpaceApi {
    api_compatibility: [&'static str; 2],
    space: String,
    logo: String,
    url: String,
    contact: BTreeMap<String, String>,
    location: Location,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<State>,
    #[serde(skip_serializing_if = "Sensors::is_empty")]
    sensors: Sensors,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    membership_plans: Vec<Plan>,
}

#[derive(Serialize)]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    timezone: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    country_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

/// Without `open`, it is not known at the moment.
#[derive(Serialize)]
struct State {
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lastchange: Option<i64>,
}

#[derive(Serialize)]
struct Plan {
    name: String,
    value: f64,
    currency: String,
    billing_interval: &'static str,
}

/// Puts the document together.
///
/// # Errors
/// Nothing is in force, or the settings cannot be read.
pub(super) fn of(site: &Site, public: &PublicStatus, known: &Known) -> Result<SpaceApi, AppError> {
    let in_force = site.in_force()?;
    let head = site.store.read(in_force.index.commit())?;
    let space = look_up::space(&head)?;
    let mut sensors = Sensors::default();
    if public.doors {
        let door = |(name, locked): (&String, &bool)| DoorLocked {
            value: *locked,
            location: name.clone(),
        };
        sensors.door_locked = known.locked.iter().map(door).collect();
    }
    if let Some((_, people)) = known.people {
        sensors.people_now_present.push(Count { value: people.estimate as usize });
    }
    sensors.measured(&head, site.now());
    if public.members {
        let today = site.now().to_zoned(in_force.zone.clone()).date();
        let (basis, roster) = (head.basis().0, head.roster());
        let members = roster.members().filter_map(|it| it.member.get()).filter(|member| {
            let standing = Standing::of(member, roster.cover(member, &basis, today), today);
            standing != Standing::Left
        });
        sensors.total_member_count.push(Count { value: members.count() });
    }
    let mut plans = Vec::new();
    if public.plans {
        let currency = Currency::named(&space.currency);
        let (basis, _) = head.basis();
        for tier in basis.tiers.values().filter_map(|slot| slot.get()) {
            let plan = |minor: i64, billing_interval| Plan {
                name: tier.name.clone(),
                // Whole minor units of a price are far below what a float keeps exactly.
                value: minor as f64 / 10_f64.powi(i32::from(currency.digits)),
                currency: currency.code.clone(),
                billing_interval,
            };
            plans.extend(tier.price.filter(|price| *price > 0).map(|it| plan(it, "monthly")));
            plans.extend(tier.year.map(|it| plan(it, "yearly")));
        }
    }
    let offered = public.switch.is_some() || !public.open_while_held.is_empty();
    let state = offered.then(|| State {
        open: known.last.map(|it| it.open),
        lastchange: known.last.map(|it| it.since.as_second()),
    });
    Ok(SpaceApi {
        api_compatibility: VERSIONS,
        space: space.name,
        logo: public.logo.clone(),
        url: public.url.clone(),
        contact: public.contact.clone(),
        location: Location {
            address: public.address.clone(),
            lat: public.lat,
            lon: public.lon,
            timezone: space.time_zone,
            country_code: public.country_code.clone(),
            hint: public.hint.clone(),
        },
        state,
        sensors,
        membership_plans: plans,
    })
}
