package org.bagnetlab.server.dataset;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.store.DatasetFacts;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.staging.DamagedException;

/**
 * Caches the data sets that users browse. Without the cache, a page of images would read the list
 * of all images once for each image shown. Thread-safe.
 */
public final class OpenedDatasets {

  private static final int MOST = 3;

  private record Opened(DatasetFacts facts, SceneDataset dataset) {}

  private final DatasetStore store;
  private final Map<String, Opened> opened = new LinkedHashMap<>(MOST, 1, true);

  /** Opens data sets of a store. */
  public OpenedDatasets(DatasetStore store) {
    this.store = store;
  }

  /**
   * The current data set with this name.
   *
   * @throws DamagedException if it exists but cannot be used
   */
  public Optional<SceneDataset> find(String name) throws DamagedException {
    Optional<DatasetFacts> facts = store.facts(name);
    if (facts.isEmpty()) {
      return Optional.empty();
    }
    synchronized (opened) {
      Opened known = opened.get(name);
      if (known != null && known.facts().equals(facts.get())) {
        return Optional.of(known.dataset());
      }
    }
    Optional<SceneDataset> found = store.find(name);
    found.ifPresent(dataset -> keep(name, new Opened(facts.get(), dataset)));
    return found;
  }

  private void keep(String name, Opened added) {
    synchronized (opened) {
      opened.put(name, added);
      while (opened.size() > MOST) {
        opened.remove(opened.keySet().iterator().next());
      }
    }
  }
}
