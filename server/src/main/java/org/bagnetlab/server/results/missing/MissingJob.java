package org.bagnetlab.server.results.missing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.bagnetlab.experiment.parameter.RunNumber;
import org.bagnetlab.protocol.Json;

/**
 * A job that a view lacks, as an entry of a batch.
 *
 * @param spec the request of the job
 * @param then requests of jobs about the network of a training, without the number of its run
 */
public record MissingJob(
    ObjectNode spec, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ObjectNode> then) {

  /** An analysis of the network of a run. */
  static MissingJob analysis(String experiment, long run) {
    return new MissingJob(request(experiment).put(RunNumber.RUN.name(), run), List.of());
  }

  /** A request without settings. */
  public static ObjectNode request(String experiment) {
    return Json.MAPPER.createObjectNode().put("kind", experiment);
  }
}
