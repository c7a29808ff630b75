//! Where schedulers and executors read a lake's files: their own disks, or whatever store a file's address names, with
//! keys from each machine's own environment. No key travels.

use crate::department::lake::store_at;
use datafusion::common::DataFusionError;
use datafusion::execution::object_store::{DefaultObjectStoreRegistry, ObjectStoreRegistry};
use object_store::ObjectStore;
use std::sync::Arc;
use url::Url;

#[derive(Debug, Default)]
pub struct Stores {
    known: DefaultObjectStoreRegistry,
}

impl ObjectStoreRegistry for Stores {
    fn register_store(&self, url: &Url, store: Arc<dyn ObjectStore>) -> Option<Arc<dyn ObjectStore>> {
        self.known.register_store(url, store)
    }

    fn get_store(&self, url: &Url) -> Result<Arc<dyn ObjectStore>, DataFusionError> {
        self.known.get_store(url).or_else(|_| {
            let (store, _) = store_at(url)?;
            self.known.register_store(url, Arc::clone(&store));
            Ok(store)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_are_opened_when_a_file_in_them_is_asked_for() {
        let stores = Stores::default();
        let store = |text: &str| stores.get_store(&Url::parse(text).expect("address"));
        assert!(store("file:///kho/visit/a.parquet").is_ok());
        let opened = store("s3://kho/").expect("opened");
        assert!(Arc::ptr_eq(&opened, &store("s3://kho/").expect("kept")));
        assert!(store("gopher://kho/").is_err());
    }
}
