//! What has to be done, given what is wanted and what is there: values in, steps out.

use super::{
    found::{DeployKey, Found},
    place::{CONFIG, DEPLOY_KEY, FETCHER, KNOWN_HOSTS, MIRROR, OPENER, PUBLIC_KEY, RECORDS},
    place::{TRIAL_SOCKET, UNITS, unfinished},
    remote,
    step::{Act, Kind, ROOT, Step, run},
};

/// How git is told to ask nobody.
pub(super) const SILENT_SSH: &str = "core.sshCommand=ssh -o BatchMode=yes";

/// Returns the steps that bring the records and their key to the machine. `key` says in words where the
/// key comes from.
pub(super) fn records(url: &str, key: &str, found: &Found) -> Vec<Step> {
    let mut steps = Vec::new();
    if remote::uses_ssh(url) && found.mirror.is_none() {
        steps.extend(deploy_key(found));
        steps.push(admission(url));
    }
    if found.mirror.is_none() {
        let new = unfinished(MIRROR);
        let mut acts = left_over(FETCHER, MIRROR, found);
        acts.push(run(FETCHER, ["git", "-c", SILENT_SSH, "clone", "--quiet", "--bare", url, &new]));
        acts.push(run(FETCHER, ["mv", &new, MIRROR]));
        steps.push(Step::plain("Fetch the records into a mirror, which opens nothing", acts));
    }
    if !found.records {
        let new = unfinished(RECORDS);
        let mut acts = left_over(OPENER, RECORDS, found);
        acts.push(run(OPENER, ["space", "door", "clone", "--mirror", MIRROR, &new]));
        acts.push(run(OPENER, ["mv", &new, RECORDS]));
        steps.push(Step::plain("Clone them for the door, which has no network", acts));
    }
    if !found.key {
        steps.push(Step {
            kind: Kind::Key,
            what: format!("Bring the key of the space, {key}; it is not shown"),
            acts: vec![run(OPENER, ["space", "-C", RECORDS, "key", "import"])],
        });
    }
    steps
}

/// Makes what is missing of the key for the server.
fn deploy_key(found: &Found) -> Option<Step> {
    let acts = match found.deploy_key {
        DeployKey::Both => return None,
        DeployKey::Private => {
            let line = format!("ssh-keygen -y -f {DEPLOY_KEY} > {PUBLIC_KEY}");
            vec![run(FETCHER, ["sh", "-c", &line])]
        }
        DeployKey::None => {
            let comment = format!("{FETCHER}@{}", found.host);
            let make =
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", &comment, "-f", DEPLOY_KEY];
            let folder = DEPLOY_KEY.rsplit_once('/').map_or("", |(folder, _)| folder);
            vec![run(FETCHER, ["mkdir", "-p", "-m", "700", folder]), run(FETCHER, make)]
        }
    };
    Some(Step::plain("Make the key with which this machine fetches from the server", acts))
}

/// Waits until the server is known, and lets the key in.
fn admission(url: &str) -> Step {
    Step {
        kind: Kind::Admission,
        what: "See whether the server lets this machine in".to_owned(),
        acts: vec![
            run(FETCHER, ["git", "-c", SILENT_SSH, "ls-remote", "--heads", url]),
            Act::Note(format!(
                "if the server is new here, its fingerprint is shown first, and goes into {KNOWN_HOSTS} \
                 if you confirm it"
            )),
            Act::Note(format!(
                "if it refuses, {PUBLIC_KEY} is shown, for you to give to the server, for reading only"
            )),
        ],
    }
}

/// Removes a clone that was interrupted.
fn left_over(user: &'static str, path: &'static str, found: &Found) -> Vec<Act> {
    let left = found.unfinished.contains(&path);
    left.then(|| run(user, ["rm", "-r", &unfinished(path)])).into_iter().collect()
}

/// Returns the steps that make a door of the machine; without a text its configuration is kept.
pub(super) fn door(text: Option<&str>, found: &Found) -> Vec<Step> {
    let changed = text.filter(|text| found.config.as_deref() != Some(*text));
    let write = changed.map(|text| {
        let before = found.config.clone();
        let folder = CONFIG.rsplit_once('/').map_or("", |(folder, _)| folder);
        let make = before.is_none().then(|| run(ROOT, ["mkdir", "-p", "-m", "755", folder]));
        let file = Act::Write { path: CONFIG, mode: 0o644, text: text.to_owned(), before };
        let acts = make.into_iter().chain([file]).collect();
        Step::plain("Say what is connected to this machine", acts)
    });
    write.into_iter().chain([trial(found), units(found)]).collect()
}

/// Tries the devices by the program that will run them.
fn trial(found: &Found) -> Step {
    let [_, unit] = UNITS;
    let door = ["space", "door", "run", "--no-terminal", "--json"];
    let places = ["--config", CONFIG, "--socket", TRIAL_SOCKET];
    let stop = found.runs.then(|| run(ROOT, ["systemctl", "stop", unit]));
    let mut acts: Vec<Act> = stop.into_iter().collect();
    acts.push(Act::Run {
        user: OPENER,
        command: door.iter().chain(&places).map(|it| (*it).to_owned()).collect(),
    });
    acts.push(Act::Note("you hold a fob to each reader, and see what the door decides".to_owned()));
    acts.push(Act::Note("you have each door unlocked once, for a moment".to_owned()));
    Step { kind: Kind::Trial, what: "Try the devices, one reading and one unlock".to_owned(), acts }
}

/// Has everything start with the machine, and now.
fn units(found: &Found) -> Step {
    let [timer, door] = UNITS;
    let mut acts = vec![run(ROOT, ["systemctl", "enable", "--quiet", timer, door])];
    acts.push(match found.systemd {
        true => run(ROOT, ["systemctl", "restart", timer, door]),
        false => Act::Note("systemd does not run here, so they start with the machine".to_owned()),
    });
    Step::plain("Fetch each minute and open the door, from now on and after each start", acts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "git@server:space.git";

    fn sentences(steps: &[Step]) -> Vec<&str> {
        steps.iter().map(|it| it.what.split([',', ' ']).next().unwrap()).collect()
    }

    #[test]
    fn what_is_there_is_not_made_again() {
        let mut found = Found::default();
        let all = records(URL, "from a file", &found);
        assert_eq!(sentences(&all), ["Make", "See", "Fetch", "Clone", "Bring"]);
        found.deploy_key = DeployKey::Both;
        assert_eq!(sentences(&records(URL, "", &found)), ["See", "Fetch", "Clone", "Bring"]);
        found.mirror = Some(URL.to_owned());
        assert_eq!(sentences(&records(URL, "", &found)), ["Clone", "Bring"]);
        found.records = true;
        assert_eq!(sentences(&records(URL, "", &found)), ["Bring"]);
        found.key = true;
        assert!(records(URL, "", &found).is_empty());
    }

    #[test]
    fn what_was_interrupted_is_removed_first() {
        let found = Found { unfinished: vec![MIRROR], ..Found::default() };
        let all = records("/srv/space.git", "", &found);
        assert_eq!(all[0].acts[0], run(FETCHER, ["rm", "-r", &unfinished(MIRROR)]));
        assert_eq!(all[1].acts.len(), 2, "the other one was not");
    }

    #[test]
    fn a_server_without_ssh_needs_no_key() {
        let all = records("https://git.example.org/space.git", "", &Found::default());
        assert_eq!(sentences(&all), ["Fetch", "Clone", "Bring"]);
    }

    #[test]
    fn the_public_half_of_a_key_follows_from_the_other() {
        let found = Found { deploy_key: DeployKey::Private, ..Found::default() };
        let words = records(URL, "", &found)[0].words(1);
        assert!(words.contains("ssh-keygen -y"), "{words}");
    }

    #[test]
    fn a_configuration_is_written_if_it_is_another() {
        let mut found = Found::default();
        assert_eq!(sentences(&door(Some("new"), &found)), ["Say", "Try", "Fetch"]);
        found.config = Some("new".to_owned());
        assert_eq!(sentences(&door(Some("new"), &found)), ["Try", "Fetch"]);
        assert_eq!(sentences(&door(None, &found)), ["Try", "Fetch"]);
        found.config = Some("old".to_owned());
        let words = door(Some("new"), &found)[0].words(1);
        assert!(words.contains("- old") && words.contains("+ new"), "{words}");
    }

    #[test]
    fn a_door_that_runs_is_stopped_while_it_is_tried() {
        let found = Found { systemd: true, runs: true, ..Found::default() };
        let steps = door(None, &found);
        assert_eq!(steps[0].acts[0], run(ROOT, ["systemctl", "stop", "space-door.service"]));
        let words = steps[1].words(2);
        assert!(
            words.contains("systemctl restart space-fetch.timer space-door.service"),
            "{words}"
        );
    }
}
