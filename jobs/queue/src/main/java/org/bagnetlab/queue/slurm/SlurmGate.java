package org.bagnetlab.queue.slurm;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.queue.StartGate;
import org.bagnetlab.queue.process.DeviceSlot;

/**
 * Lets jobs wait in the queue while Slurm's controller does not answer. It could not start them.
 *
 * @param vertx waits for the answer
 */
public record SlurmGate(Vertx vertx) implements StartGate {

  @Override
  public Future<Optional<String>> refusal(DeviceSlot slot) {
    return vertx.executeBlocking(
        () ->
            new SlurmClient(Map.of())
                .silence()
                .map(said -> "Slurm does not answer: %s.".formatted(said)),
        false);
  }
}
