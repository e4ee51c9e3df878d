package org.bagnetlab.server.cli.serve;

import java.net.BindException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bagnetlab.server.BagnetLabServer;
import org.bagnetlab.server.Endpoint;
import org.bagnetlab.server.ServerSettings;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.storage.database.Recovery;

/** A server in this process, from its start until a signal ends it. */
final class ServerRun {

  private static final int HIGHEST_PORT = 65_535;

  /**
   * Time limit for the start: the whole database is read, and a database of an earlier version is
   * copied.
   */
  private static final int START_SECONDS = 1800;

  private static final int STOP_SECONDS = 60;

  private final BagnetLabServer server;
  private final CountDownLatch ended = new CountDownLatch(1);

  private ServerRun(BagnetLabServer server) {
    this.server = server;
  }

  static ServerRun start(ServerSettings settings, Recovery recovery)
      throws InterruptedException, TimeoutException {
    Endpoint endpoint = settings.endpoint();
    if (endpoint.port() < 0 || endpoint.port() > HIGHEST_PORT) {
      throw new Failure(
          "--port must be from 0 to %d, but is %d.".formatted(HIGHEST_PORT, endpoint.port()));
    }
    ServerRun run;
    try {
      run =
          new ServerRun(
              BagnetLabServer.start(settings, recovery)
                  .toCompletionStage()
                  .toCompletableFuture()
                  .get(START_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof BindException) {
        throw new Failure(
            "Port %d of %s is in use. Choose another with --port, or 0 for a free one."
                .formatted(endpoint.port(), endpoint.host()));
      }
      throw new Failure(String.valueOf(cause == null ? e.getMessage() : cause.getMessage()));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(run::stop, "stop"));
    return run;
  }

  String address() {
    return server.address();
  }

  /** Waits until the server has ended. */
  void await() throws InterruptedException {
    ended.await();
  }

  private void stop() {
    try {
      System.err.println(
          "Stopping; running jobs save a checkpoint and resume from it when the server starts again.");
      server.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      System.err.println("The server did not shut down cleanly: " + e);
    } finally {
      ended.countDown();
    }
  }
}
