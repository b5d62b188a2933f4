//! Buttons that somebody pressed: who pressed is looked at anew, and what they may; what changes anything
//! is done once, soon, and for the one who was asked.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Desk, Reply, Said};
use crate::{
    app::AppError,
    chat::press::{Act, Once, Press},
    domain::model::Slug,
    store::Store,
};

/// How long it is remembered what was pressed; longer than any button is good for.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);

/// What was pressed lately, by its key.
#[derive(Default, Serialize, Deserialize)]
struct Pressed(BTreeMap<String, Timestamp>);

impl Desk {
    /// Answers what somebody pressed.
    pub fn press(&mut self, account: &str, value: &str, now: Timestamp) -> Said {
        let Some(press) = Press::parse(value) else {
            let words = "this button is of no use any more; type `help` for what I do";
            return Said::of(Err(AppError::user(words)), "button ?".to_owned());
        };
        let word = format!("button {}", press.word());
        Said::of(self.carry_out_press(account, &press, now), word)
    }

    fn carry_out_press(
        &self,
        account: &str,
        press: &Press,
        now: Timestamp,
    ) -> Result<Reply, AppError> {
        let store = Store::open(&self.space)?;
        let head = store.read(store.head()?)?;
        let asker = self.asker(&head, account)?;
        match press {
            Press::Nothing => Ok("Nothing was done.".to_owned().into()),
            Press::Pay => self.pay(&head, &asker, now).map(Reply::from),
            Press::Applications => self.applications(&head, &asker, now),
            Press::Ask(id) => self.ask_to_accept(&head, &asker, account, id, now),
            Press::Once(once) => {
                if once.account != account {
                    return Err(AppError::user("somebody else was asked that"));
                }
                self.take(&store, once, now)?;
                let text = match &once.act {
                    Act::Unlock(facility) => self.do_unlock(&store, &asker, facility.as_str(), now),
                    Act::Join(id) => self.accept(&head, &asker, id, now),
                };
                text.map(Reply::from)
            }
        }
    }

    /// Takes a press for what is done once. It is remembered first: a kill in between does nothing, and
    /// not twice.
    fn take(&self, store: &Store, once: &Once, now: Timestamp) -> Result<(), AppError> {
        let name: Slug =
            format!("chat-presses-{}", self.chat).parse().map_err(AppError::internal)?;
        let Pressed(mut pressed) = store.service_state(&name)?;
        pressed.retain(|_, at| now.duration_since(*at).abs() < REMEMBERED);
        if pressed.contains_key(&once.key) {
            return Err(AppError::user("that was pressed already, and is done once"));
        }
        if now.duration_since(once.asked).abs() > once.act.good_for() {
            let words = "that was asked too long ago, and nothing was done; type the command again";
            return Err(AppError::user(words));
        }
        pressed.insert(once.key.clone(), now);
        Ok(store.keep_service_state(&name, &Pressed(pressed))?)
    }
}

/// Returns what does something once for the one who is asked now.
pub(super) fn once(act: Act, account: &str, now: Timestamp) -> Press {
    let key = uuid::Uuid::new_v4().simple().to_string();
    Press::Once(Once { act, account: account.to_owned(), asked: now, key })
}
