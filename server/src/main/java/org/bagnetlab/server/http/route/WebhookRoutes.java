package org.bagnetlab.server.http.route;

import io.vertx.ext.web.Router;
import java.util.List;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.notification.Notifier;
import org.bagnetlab.server.notification.WebhookStatus;
import org.bagnetlab.server.notification.WebhookTest;

/**
 * Lists webhooks with whether notices arrive, and sends test notices. Addresses and secrets are not
 * shown.
 */
final class WebhookRoutes {

  private final Notifier notifier;

  WebhookRoutes(Notifier notifier) {
    this.notifier = notifier;
  }

  private record Statuses(List<WebhookStatus> webhooks) {}

  private record Tests(List<WebhookTest> webhooks) {}

  void mount(Router api) {
    api.get("/webhooks")
        .handler(request -> Reply.json(request, notifier.status().map(Statuses::new)));
    api.post("/webhooks/test")
        .handler(request -> Reply.json(request, notifier.test().map(Tests::new)));
  }
}
