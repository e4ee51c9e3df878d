package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.bagnetlab.server.access.Access;
import org.bagnetlab.server.access.User;
import org.bagnetlab.server.http.guard.Login;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Reply;

/** Logs browsers in and out. */
record SessionRoutes(Access access, Login login) {

  /** The user of a session, and whether a login was required. */
  private record Session(boolean login, String name, String role) {}

  void mount(Router api) {
    api.get("/session").handler(request -> reply(request, Login.user(request)));
    api.post("/session").handler(this::logIn);
    api.delete("/session")
        .handler(
            request -> {
              login.forget(request.request());
              request.response().setStatusCode(204).end();
            });
  }

  private void logIn(RoutingContext request) {
    JsonNode body = JsonBody.of(request);
    JsonNode token = body.path("token");
    if (body.size() != 1 || !token.isTextual()) {
      throw Problem.invalid("Invalid login", "token", "A login must be {\"token\": TOKEN}.");
    }
    String said = token.textValue().strip();
    User user = access.user(said).orElseThrow(() -> Login.unknownToken().exception());
    if (access.login()) {
      login.remember(request.request(), said);
    }
    reply(request, user);
  }

  private void reply(RoutingContext request, User user) {
    Reply.json(request, 200, new Session(access.login(), user.name(), user.role().text()));
  }
}
