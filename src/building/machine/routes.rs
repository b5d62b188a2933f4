//! Which meters a topic is for.

use std::collections::{BTreeSet, HashMap};

use super::input::Plan;
use crate::{
    domain::{
        model::{Slug, Source},
        sources,
    },
    integrations::mqtt::{is_filter, is_topic, matches},
};

/// Which meters a topic is for.
#[derive(Debug, Default)]
pub(super) struct Routes {
    exact: HashMap<String, Vec<Slug>>,
    patterns: Vec<(String, Slug)>,
}

impl Routes {
    pub(super) fn new(plan: &Plan) -> Self {
        let mut routes = Self::default();
        for (name, meter) in &plan.meters {
            let Some(Source::Mqtt(source)) = &meter.source else { continue };
            for topic in sources::topics(source, meter.measures) {
                if is_topic(&topic) {
                    routes.exact.entry(topic).or_default().push(name.clone());
                } else if is_filter(&topic) {
                    routes.patterns.push((topic, name.clone()));
                }
            }
        }
        routes
    }

    /// Returns the topics to receive.
    pub(super) fn filters(&self) -> BTreeSet<String> {
        let patterns = self.patterns.iter().map(|(pattern, _)| pattern.clone());
        self.exact.keys().cloned().chain(patterns).collect()
    }

    /// Returns the meters that a message on a topic is for.
    pub(super) fn meters(&self, topic: &str) -> Vec<Slug> {
        let exact = self.exact.get(topic).into_iter().flatten().cloned();
        let fits = self.patterns.iter().filter(|(pattern, _)| matches(pattern, topic));
        exact.chain(fits.map(|(_, meter)| meter.clone())).collect()
    }
}
