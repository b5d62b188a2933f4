//! The program that shows a space to browsers, controllers and other programs, and takes their
//! changes (requirements.md D-90 to D-99, A-20 to A-26).
//!
//! [`listen`] accepts connections and limits them; [`login`] tells who asks; a [`Site`] has what
//! every answer is made of. Each area has a folder: [`things`] for controllers, [`pages`] for
//! people. It opens no door: it asks the running one by its socket, and it only changes records.

mod answer;
mod api;
mod assets;
mod event;
mod fault;
mod fields;
mod in_force;
mod letters;
mod listen;
mod login;
mod members;
mod options;
mod pages;
mod public;
mod run;
mod secure;
mod site;
mod things;
mod uploads;
mod webhooks;

pub use event::Event;
pub use login::{hash_password, new_token};
pub use options::Options;
pub use run::{KIND, run};
pub use things::Params;

use in_force::InForce;
use site::Site;
