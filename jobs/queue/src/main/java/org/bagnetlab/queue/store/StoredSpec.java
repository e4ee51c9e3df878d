package org.bagnetlab.queue.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.Optional;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * Reads stored specifications. Recently used ones are cached, because the same text always means
 * the same, and every list and view needs those of all jobs.
 */
public final class StoredSpec {

  /** Maximum total length of the cached texts in characters: about ten thousand specifications. */
  private static final long KEPT = 4L << 20;

  private static final LoadingCache<String, JobSpec> SPECS =
      Caffeine.newBuilder()
          .maximumWeight(KEPT)
          .weigher((String json, JobSpec spec) -> json.length())
          .build(StoredSpec::parsed);

  private StoredSpec() {}

  /** The specification that was stored as this JSON. */
  public static JobSpec read(String json) {
    return SPECS.get(json);
  }

  /** The training that was stored as this JSON; empty if this version does not know its format. */
  public static Optional<TrainSpec> training(String json) {
    return read(json) instanceof TrainSpec training ? Optional.of(training) : Optional.empty();
  }

  private static JobSpec parsed(String json) {
    try {
      return Experiments.read(json);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalStateException("cannot parse stored specification: " + json, e);
    }
  }
}
