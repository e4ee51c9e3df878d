package org.bagnetlab.server.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.MeasuredRunRow;
import org.bagnetlab.storage.MeasurementRow;

/**
 * A training that succeeded, its specification read.
 *
 * @param spec how it was trained
 * @param row what it measured
 */
record MeasuredRun(JobSpec.Train spec, MeasuredRunRow row) {

  static List<MeasuredRun> all(List<MeasuredRunRow> rows) {
    return rows.stream().map(MeasuredRun::of).toList();
  }

  private static MeasuredRun of(MeasuredRunRow row) {
    try {
      return new MeasuredRun((JobSpec.Train) Json.MAPPER.readValue(row.spec(), JobSpec.class), row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the specification of run " + row.job() + " broke", e);
    }
  }

  long job() {
    return row.job();
  }

  /** The accuracy on a set of images. */
  Optional<MeasurementRow> measurement(String set) {
    return Optional.ofNullable(row.measurements().get(set));
  }

  /** Tells its images from others of the same name. */
  Optional<String> datasetChecksum() {
    return row.splitFacts().map(facts -> Facts.of(facts).get("datasetChecksum"));
  }
}
