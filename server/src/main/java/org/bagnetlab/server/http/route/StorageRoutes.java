package org.bagnetlab.server.http.route;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.util.List;
import org.bagnetlab.server.housekeeping.Housekeeping;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.retention.CheckpointsOf;
import org.bagnetlab.server.retention.QuarantineRetention;
import org.bagnetlab.server.retention.Retention;
import org.bagnetlab.server.retention.RetentionPlan;
import org.bagnetlab.server.retention.RetentionRules;
import org.bagnetlab.storage.retention.RemovalRow;

/** Serves disk usage and what retention would remove, and removes it. */
final class StorageRoutes {

  private final Housekeeping housekeeping;

  StorageRoutes(Housekeeping housekeeping) {
    this.housekeeping = housekeeping;
  }

  void mount(Router api) {
    api.get("/storage").handler(request -> Reply.json(request, housekeeping.disk().report()));
    api.get("/storage/retention").handler(request -> Reply.json(request, preview()));
    api.post("/storage/retention").handler(request -> Reply.json(request, housekeeping.remove()));
  }

  private record Rules(
      long trainingStatesSeconds,
      CheckpointsOf checkpointsOf,
      long keepForSeconds,
      long quarantineSeconds) {

    static Rules of(RetentionRules rules) {
      return new Rules(
          rules.trainingStates().toSeconds(),
          rules.checkpointsOf(),
          rules.keepFor().toSeconds(),
          rules.quarantine().toSeconds());
    }
  }

  private record Preview(
      Rules rules,
      long bytes,
      List<RetentionPlan.File> files,
      List<RemovalRow> removed,
      List<QuarantineRetention.Kept> quarantine) {}

  private Future<Preview> preview() {
    Retention retention = housekeeping.retention();
    Future<RetentionPlan> plan = retention.preview();
    Future<List<RemovalRow>> removed = retention.removed();
    Future<List<QuarantineRetention.Kept>> quarantine = housekeeping.quarantine().kept();
    return Future.all(plan, removed, quarantine)
        .map(
            all ->
                new Preview(
                    Rules.of(retention.rules()),
                    plan.result().bytes(),
                    plan.result().files(),
                    removed.result(),
                    quarantine.result()));
  }
}
