//! What every chat has to do, and what becomes of its failures.

use std::collections::BTreeSet;

use space::integrations::chat::{
    Arrived, ChatError, ChatKind, Fault, Outgoing, Poster, To, poster,
};

use crate::world::{TOKEN, now, options, slack, stand_in};

/// What somebody may have put into a name.
const HOSTILE: &str = "Ada <!channel> <@U1> @everyone [x](https://evil.example) *b* `c`";

fn text(key: &str, to: &str, text: &str) -> Outgoing {
    Outgoing { key: key.into(), to: To::Channel(to.into()), text: text.into(), buttons: vec![] }
}

/// Returns a poster of each kind, with the channel in which its texts end up.
fn posters(url: &str) -> Vec<(ChatKind, Box<dyn Poster>, &'static str)> {
    let hook = |path: &str| format!("{url}/{path}/{TOKEN}");
    let all = [
        (ChatKind::Slack, options(ChatKind::Slack, Some(url), TOKEN), "news"),
        (ChatKind::Matrix, options(ChatKind::Matrix, Some(url), TOKEN), "!news:example.org"),
        (ChatKind::Discord, options(ChatKind::Discord, None, &hook("webhooks/1")), "discord"),
        (ChatKind::Mattermost, options(ChatKind::Mattermost, None, &hook("hooks")), "mattermost"),
    ];
    all.map(|(kind, options, place)| (kind, poster(options).unwrap(), place)).into()
}

#[test]
fn every_chat_posts_and_nothing_in_a_text_is_markup() {
    let (chat, url) = stand_in();
    let _ = chat.channel("news", false);
    for (kind, mut it, place) in posters(&url) {
        it.post(&text("k1", place, "The door is open.")).unwrap();
        it.post(&text("k2", place, HOSTILE)).unwrap();
        let texts = chat.texts(place);
        assert_eq!(texts.len(), 2, "{kind:?}");
        assert!(texts[0].contains("The door is open"), "{kind:?}: {texts:?}");
        match kind {
            // Slack's `mrkdwn` is off; only what stands in angle brackets has a meaning.
            ChatKind::Slack => {
                assert!(texts[1].contains("&lt;!channel&gt; &lt;@U1&gt;"), "{texts:?}");
                assert!(!texts[1].contains('<'));
            }
            // A body of plain text has no markup at all.
            ChatKind::Matrix => assert_eq!(texts[1], HOSTILE),
            ChatKind::Discord => assert!(texts[1].contains(r"\[x\]\(https"), "{texts:?}"),
            ChatKind::Mattermost => {
                assert!(!texts[1].contains("@everyone") && !texts[1].contains("<!"), "{texts:?}");
            }
        }
    }
}

#[test]
fn every_chat_says_why_it_does_not_post() {
    let (chat, url) = stand_in();
    let _ = chat.channel("news", false);
    for (kind, mut it, place) in posters(&url) {
        let before = chat.texts(place).len();
        if kind == ChatKind::Slack {
            it.post(&text("warm", place, "so that the channel is known")).unwrap();
        }
        chat.fail([Some(Fault::Busy(Some(7)))]);
        let said = it.post(&text("k1", place, "a"));
        assert_eq!(said, Err(ChatError::Busy { seconds: 7 }), "{kind:?}");
        chat.fail([Some(Fault::Busy(None)), Some(Fault::Broken)]);
        assert!(
            matches!(it.post(&text("k1", place, "a")), Err(ChatError::Busy { .. })),
            "{kind:?}"
        );
        assert!(matches!(it.post(&text("k1", place, "a")), Err(ChatError::Down(_))), "{kind:?}");
        let now = chat.texts(place).len() - usize::from(kind == ChatKind::Slack);
        assert_eq!(now, before, "{kind:?}: nothing was posted");
        chat.fail([Some(Fault::Lost)]);
        let said = it.post(&text("k2", place, "b"));
        assert!(matches!(said, Err(ChatError::Down(_))), "{kind:?}: {said:?}");
        let arrived = it.arrived(&text("k2", place, "b"), now_or_before()).unwrap();
        let expected = match kind {
            ChatKind::Slack => Arrived::Yes,
            ChatKind::Matrix => Arrived::No, // it may be posted again, and is posted once
            ChatKind::Discord | ChatKind::Mattermost => Arrived::Unknown,
        };
        assert_eq!(arrived, expected, "{kind:?}");
        if kind == ChatKind::Matrix {
            it.post(&text("k2", place, "b")).unwrap();
        }
        assert_eq!(chat.texts(place).last().map(String::as_str), Some("b"), "{kind:?}");
        assert_eq!(chat.texts(place).iter().filter(|it| *it == "b").count(), 1, "{kind:?}");
    }
    let mut slack = poster(options(ChatKind::Slack, Some(&url), TOKEN)).unwrap();
    assert_eq!(slack.arrived(&text("k3", "news", "c"), now_or_before()), Ok(Arrived::No));
}

fn now_or_before() -> jiff::Timestamp {
    now()
}

#[test]
fn a_wrong_or_revoked_secret_is_told_and_never_shown() {
    let (chat, url) = stand_in();
    let _ = chat.channel("news", false);
    let wrong = "xoxb-wrong-secret";
    for (kind, options) in [
        (ChatKind::Slack, options(ChatKind::Slack, Some(&url), wrong)),
        (ChatKind::Matrix, options(ChatKind::Matrix, Some(&url), wrong)),
        (ChatKind::Discord, options(ChatKind::Discord, None, &format!("{url}/webhooks/1/{wrong}"))),
        (
            ChatKind::Mattermost,
            options(ChatKind::Mattermost, None, &format!("{url}/hooks/{wrong}")),
        ),
    ] {
        let said = poster(options).unwrap().post(&text("k", "news", "a")).unwrap_err();
        assert!(matches!(said, ChatError::Denied(_)), "{kind:?}: {said:?}");
        assert!(!said.to_string().contains(wrong), "{kind:?}: {said}");
    }
    let mut it = slack(&url);
    it.people().unwrap();
    chat.revoke();
    let said = it.people().unwrap_err();
    assert!(said.to_string().contains("token_revoked"), "{said}");
    for bad in ["http://example.org/hooks/1", "hooks"] {
        let options = options(ChatKind::Discord, None, bad);
        assert!(matches!(poster(options), Err(ChatError::Denied(_))), "{bad}");
    }
}

#[test]
fn a_text_for_one_person_is_seen_by_nobody_else() {
    let (chat, url) = stand_in();
    let ada = chat.person("Ada", None);
    let mut it = poster(options(ChatKind::Slack, Some(&url), TOKEN)).unwrap();
    let alone = Outgoing { to: To::Person(ada.clone()), ..text("k", "", "psst") };
    it.post(&alone).unwrap();
    assert_eq!(chat.texts(&ada), ["psst"]);
    assert_eq!(it.arrived(&alone, now()), Ok(Arrived::Yes));
    let hook = format!("{url}/hooks/{TOKEN}");
    let mut other = poster(options(ChatKind::Mattermost, None, &hook)).unwrap();
    assert!(matches!(other.post(&alone), Err(ChatError::Refused(_))));
}

#[test]
fn people_and_channels_are_told_page_by_page() {
    let (chat, url) = stand_in();
    let names = ["Ada", "Bob", "Cy", "Di", "Ed"];
    let ids: Vec<String> =
        names.iter().map(|name| chat.person(name, Some(&format!("{name}@example.org")))).collect();
    chat.set(&ids[1], "is_email_confirmed", false.into());
    chat.set(&ids[2], "deleted", true.into());
    chat.set(&ids[3], "is_owner", true.into());
    chat.pages_of(2);
    let mut it = slack(&url);
    let people = it.people().unwrap();
    assert!(people.complete);
    let own = people.all.iter().filter(|it| it.is_program).count();
    assert_eq!((people.all.len(), own), (6, 1));
    let find = |id: &String| people.all.iter().find(|it| it.id == *id).unwrap().clone();
    assert_eq!(find(&ids[0]).email.as_deref(), Some("Ada@example.org"));
    assert_eq!(find(&ids[1]).email, None, "nobody has confirmed it");
    assert!(find(&ids[2]).is_gone && find(&ids[3]).administers && !find(&ids[0]).administers);

    let laser = chat.channel("laser", false);
    let secret = chat.channel("secret", true);
    let rooms = it.rooms().unwrap();
    assert!(rooms.complete && rooms.all.iter().any(|it| it.id == laser && !it.joined));
    assert!(!rooms.all.iter().any(|it| it.id == secret), "the app is not in it");
    let room = rooms.all.into_iter().find(|it| it.id == laser).unwrap();
    assert!(it.invite(&room, &ids[..1]).unwrap_err().to_string().contains("not in the channel"));
    it.join(&room).unwrap();
    it.invite(&room, &ids[..2]).unwrap();
    it.invite(&room, &[ids[0].clone(), ids[3].clone()]).unwrap();
    let said = it.invite(&room, &["U9".into(), ids[4].clone()]).unwrap_err();
    assert!(said.to_string().contains("U9") && said.to_string().contains("no such account"));
    assert_eq!(chat.inside("laser"), ["Ada", "Bob", "Di", "Ed"], "the others came in");
    it.remove(&room, &ids[1]).unwrap();
    it.remove(&room, &ids[1]).unwrap();
    assert_eq!(chat.inside("laser"), ["Ada", "Di", "Ed"]);

    let inside: BTreeSet<String> = it.inside(&room).unwrap().all;
    assert!(inside.contains(&ids[0]) && inside.len() == 4);
    chat.fail([Some(Fault::Forgets)]);
    assert!(!it.inside(&room).unwrap().complete, "the second page is gone");
    chat.archive("laser");
    assert!(it.remove(&room, &ids[0]).unwrap_err().to_string().contains("archived"));
}

#[test]
fn what_may_be_asked_twice_is_asked_again() {
    let (chat, url) = stand_in();
    let _ = chat.person("Ada", None);
    let mut it = slack(&url);
    chat.fail([Some(Fault::Busy(Some(1))), Some(Fault::Broken), Some(Fault::Lost)]);
    assert_eq!(it.people().unwrap().all.len(), 2);
    assert_eq!(chat.requests(), ["users.list"; 4]);
    chat.fail([Some(Fault::Broken); 4]);
    assert!(matches!(it.people(), Err(ChatError::Down(_))));
}
