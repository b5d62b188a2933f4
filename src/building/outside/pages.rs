//! Documents that are asked for by HTTP, each as often as its meter says.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    time::{Duration, Instant},
};

use tokio::{task::JoinSet, time::timeout};

use super::{InForce, Inbox};
use crate::{
    building::Input,
    domain::{
        model::{HttpSource, Slug, Source},
        sources,
    },
    integrations::document,
};

/// How often to look what is due.
const STEP: Duration = Duration::from_secs(1);

/// The shortest time between two questions for the same document.
const LEAST: Duration = Duration::from_secs(5);

/// How many are asked for at a time.
const AT_ONCE: usize = 16;

/// Starts to ask.
pub(super) fn start(inbox: Inbox, in_force: InForce) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    super::start("documents", move || runtime.block_on(ask_all(inbox, in_force)))
}

async fn ask_all(inbox: Inbox, in_force: InForce) {
    let mut due: BTreeMap<String, Instant> = BTreeMap::new();
    let mut asked: BTreeSet<String> = BTreeSet::new();
    let mut answers = JoinSet::new();
    while !inbox.is_ending() {
        let plan = in_force.plan();
        let sources: Vec<(&Slug, &HttpSource)> = plan
            .iter()
            .flat_map(|plan| &plan.meters)
            .filter_map(|(name, meter)| match &meter.source {
                Some(Source::Http(source)) => Some((name, source)),
                _ => None,
            })
            .collect();
        due.retain(|url, _| sources.iter().any(|(_, it)| it.url == *url));
        for (_, source) in &sources {
            let now = Instant::now();
            let next = due.get(&source.url).is_none_or(|next| *next <= now);
            if next && answers.len() < AT_ONCE && asked.insert(source.url.clone()) {
                let pause = Duration::from_secs(source.seconds.into()).max(LEAST);
                due.insert(source.url.clone(), now + pause);
                let url = source.url.clone();
                answers.spawn(async move { (document::fetch(&url).await, url) });
            }
        }
        let Ok(Some(Ok((answer, url)))) = timeout(STEP, answers.join_next()).await else {
            if answers.is_empty() {
                tokio::time::sleep(STEP).await;
            }
            continue;
        };
        asked.remove(&url);
        for (name, source) in sources.iter().filter(|(_, it)| it.url == url) {
            let measures = plan.as_ref().and_then(|it| it.meters.get(*name)).map(|it| it.measures);
            let Some(measures) = measures else { continue };
            let number = answer.clone().and_then(|text| {
                let read = sources::read_document(&text, &source.pointer, measures);
                read.map_err(|fault| fault.to_string())
            });
            // The machine may have much to do; nothing else is waiting here.
            if !inbox.tell(Input::Asked { meter: (*name).clone(), answer: number }) {
                return;
            }
        }
    }
}
