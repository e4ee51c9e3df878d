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
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.json.WrittenText;
import org.bagnetlab.storage.file.LabStorage;

/** Serves all that is stored about runs, to be taken to other labs. */
record RunRecordRoute(Vertx vertx, LabStorage storage) {

  private record Records(List<RunRecord> runs) {}

  void mount(Router api) {
    api.get("/run-records").handler(this::records);
  }

  private void records(RoutingContext request) {
    String lab = storage.directory().identity().id();
    Optional<String> dataset = RequestParameters.text(request, "dataset");
    Reply.written(
        request,
        Futures.of(vertx, storage.database().read(tables -> RunRecords.of(tables, lab, dataset)))
            .compose(records -> vertx.executeBlocking(() -> text(records), false)));
  }

  private static WrittenText text(List<RunRecord> records) throws JsonProcessingException {
    return WrittenText.of(RunRecord.MAPPER.writeValueAsString(new Records(records)));
  }
}
