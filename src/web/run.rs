//! Serves until the system ends the program.

use std::{collections::BTreeSet, io::Write, sync::Arc, time::Duration};

use axum::{Router, middleware};
use tokio::sync::mpsc;

use super::{
    Event, Options, Site, api, assets, letters,
    listen::{Bound, Connections},
    login::{LoginFile, Logins},
    members::{self, MemberLogins},
    pages, public,
    secure::secure,
    site::Parts,
    things, webhooks,
};
use crate::{
    app::{AppError, joining},
    clock,
    config::{Area, BuildingState, GUARD_STATE, Listener},
    disk::watch::Watch,
    service::{Log, Service, stop_signal},
    store::{Store, follow::Follower, journal::Journal},
};

/// The name of the web among the processes of which there is one, and of its journal.
pub const KIND: &str = "web";

/// The port on this machine if no listener is configured.
const PORT: u16 = 8000;

/// How long answers that are under way may take once the program is to end.
const LAST: Duration = Duration::from_secs(5);

/// Runs the web until a signal stops it.
///
/// # Errors
/// Another one serves this repository, or the repository, the journal or a listener cannot be used
/// at the start.
pub fn run(options: Options, out: impl Write + Send + 'static) -> Result<(), AppError> {
    let internal = |error: std::io::Error| AppError::internal(error.to_string());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(16)
        .enable_all()
        .build()
        .map_err(internal)?;
    let served = runtime.block_on(serve(options, Box::new(out)));
    runtime.shutdown_timeout(LAST);
    served
}

async fn serve(options: Options, out: Box<dyn Write + Send>) -> Result<(), AppError> {
    let internal = |error: std::io::Error| AppError::internal(error.to_string());
    let mut stop = std::pin::pin!(stop_signal().map_err(internal)?);
    let Options { space, config, config_file, journal, doors, show, words } = options;
    let now = clock::running();
    let store = Arc::new(Store::open(&space)?);
    let _sole = store.sole(KIND, "web.run", now())?;
    let (trouble, mut troubles) = mpsc::unbounded_channel();
    let journal_of_web = Journal::open(&journal, KIND, move |words| {
        let _ = trouble.send(words); // at the very end, nobody is listening
    })?;
    let (member_logins, left_out) = MemberLogins::new(config.members.clone()).await;
    let folder = journal.clone();
    let site = Arc::new(Site::new(Parts {
        store: Arc::clone(&store),
        journals: journal,
        journal: journal_of_web,
        doors,
        logins: Logins::new(Arc::new(config.clone())),
        member_logins,
        words,
        now: Box::new(now.clone()),
        log: Log::new(show, out, &folder, KIND),
        logs: (!show.is_kept()).then(|| folder.clone()),
        guard: config.guard.clone().unwrap_or_else(|| GUARD_STATE.into()),
        building: config.building.clone().unwrap_or_else(BuildingState::path),
        rehearsal: clock::pinned().is_some(),
    }));
    left_out.into_iter().for_each(|words| site.tell(&Event::Trouble { words }));
    let mut follower = Follower::new(Arc::clone(&store));
    follower.poll(now()).into_iter().for_each(|news| site.put_in_force(news));
    site.put_in_force(follower.hear(now()));
    let following = {
        let site = Arc::clone(&site);
        follower.follow(now, move |news| {
            site.put_in_force(news);
            true
        })
    };
    let mut journal_watch = {
        let site = Arc::clone(&site);
        Watch::folder(&site.journals.clone(), move || site.announce())
    };
    let mut listeners = config.listeners.clone();
    if listeners.is_empty() {
        listeners.push(Listener::local(PORT));
    }
    let connections = Connections::new();
    let mut open = tokio::task::JoinSet::new();
    for listener in &listeners {
        let bound = Bound::open(listener).await.map_err(AppError::user)?;
        let serves: Vec<_> = listener.serves.iter().map(|it| it.name()).collect();
        if listener.serves.contains(&Area::Members) {
            site.serve_members_at(&bound.shown());
        }
        site.tell(&Event::Listening { at: bound.shown(), serves: serves.join(", ") });
        open.spawn(bound.serve(router(&site, &listener.serves), connections.clone()));
    }
    let mut service = Service::ready();
    let mut minute = tokio::time::interval(Duration::from_secs(60));
    let (hint, mut hints) = mpsc::channel(1);
    let mut logins = config_file.map(|file| LoginFile::new(file, hint));
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(words) = troubles.recv() => site.tell(&Event::Trouble { words }),
            _ = minute.tick() => {
                welcome_newcomers(&site);
                journal_watch.renew();
                logins.iter_mut().for_each(|it| it.look(&site));
            }
            Some(()) = hints.recv() => logins.iter_mut().for_each(|it| it.look(&site)),
            () = service.next() => service.alive(),
        }
    }
    service.stopping();
    open.abort_all();
    drop(following);
    site.tell(&Event::Stopped);
    Ok(())
}

/// Welcomes those who joined and have not been welcomed, aside from the threads that answer.
fn welcome_newcomers(site: &Arc<Site>) {
    let site = Arc::clone(site);
    drop(tokio::task::spawn_blocking(move || {
        if let Err(error) = joining::settle::settle(&site.store, site.now()) {
            site.tell(&Event::Trouble { words: error.message });
        }
    }));
}

/// Puts together what a listener serves.
fn router(site: &Arc<Site>, serves: &BTreeSet<Area>) -> Router {
    let mut router = Router::new();
    if serves.contains(&Area::Things) {
        router = router.merge(things::router());
    }
    if serves.contains(&Area::Admin) {
        router = router.merge(letters::router(site)).merge(pages::router(site));
    }
    if serves.contains(&Area::Api) {
        router = router.merge(api::router(site));
    }
    if serves.contains(&Area::Members) {
        router = router.merge(members::router());
        if !serves.contains(&Area::Admin) {
            router = router.fallback(members::not_found);
        }
    }
    if serves.contains(&Area::Admin) || serves.contains(&Area::Members) {
        let secure = middleware::map_response(secure);
        router = router.merge(assets::router().layer(secure));
    }
    if serves.contains(&Area::Webhooks) {
        router = router.merge(webhooks::router());
    }
    if serves.contains(&Area::Public) {
        router = router.merge(public::router(site));
    }
    router.with_state(Arc::clone(site))
}
