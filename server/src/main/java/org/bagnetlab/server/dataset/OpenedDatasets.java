package org.bagnetlab.server.dataset;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.store.DatasetFacts;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.staging.DamagedException;

/**
 * The data sets that people look through. A page of pictures would otherwise read the list of all
 * images once for each of them. For any thread.
 */
public final class OpenedDatasets {

  private static final int MOST = 3;

  private record Opened(DatasetFacts facts, SceneDataset dataset) {}

  private final DatasetStore store;
  private final Map<String, Opened> opened = new LinkedHashMap<>(MOST, 1, true);

  /** Opens those of a store. */
  public OpenedDatasets(DatasetStore store) {
    this.store = store;
  }

  /**
   * The data set of this name, as it is now.
   *
   * @throws DamagedException if it is there but cannot be used
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
