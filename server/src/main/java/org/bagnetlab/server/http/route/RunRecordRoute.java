package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.bundle.RunRecord;
import org.bagnetlab.server.bundle.RunRecords;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.json.WrittenText;
import org.bagnetlab.storage.file.LabStorage;

/** Serves all that is stored about runs, to be taken to other labs. */
record RunRecordRoute(Vertx vertx, LabStorage storage) {

  /**
   * The jobs whose records belong together.
   *
   * @param lab identity of this lab
   */
  private record Jobs(String lab, List<Long> jobs) {}

  void mount(Router api) {
    api.get("/run-records").handler(this::jobs);
    api.get("/run-records/:id").handler(this::record);
  }

  private String lab() {
    return storage.directory().identity().id();
  }

  private void jobs(RoutingContext request) {
    Optional<String> dataset = RequestParameters.text(request, "dataset");
    Reply.json(
        request,
        Futures.of(vertx, storage.database().read(tables -> RunRecords.jobs(tables, dataset)))
            .map(jobs -> new Jobs(lab(), jobs)));
  }

  private void record(RoutingContext request) {
    long id = RequestParameters.id(request);
    Reply.written(
        request,
        Futures.of(vertx, storage.database().read(tables -> RunRecords.of(tables, lab(), id)))
            .compose(
                record ->
                    vertx.executeBlocking(
                        () ->
                            text(
                                record.orElseThrow(
                                    () ->
                                        Problem.missing(
                                            "run-not-found",
                                            "No such run",
                                            "There is no job %d that succeeded.".formatted(id)))),
                        false)));
  }

  private static WrittenText text(RunRecord record) throws JsonProcessingException {
    return WrittenText.of(RunRecord.MAPPER.writeValueAsString(record));
  }
}
