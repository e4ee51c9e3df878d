package org.bagnetlab.server.cli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.bagnetlab.server.cli.terminal.Confirmation;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.DatabaseStart;
import org.bagnetlab.storage.database.Recovery;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.DataDirectoryInUse;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Removes a resource that queued jobs may need, through a server or in a data directory that no
 * server uses.
 */
public abstract class RemoveCommand extends LabCommand {

  @Parameters(paramLabel = "NAME", description = "Name to remove.")
  private String name = "";

  @Mixin private Confirmation confirmation = new Confirmation();

  /** The path of this kind of resource in the HTTP interface. */
  protected abstract String collection();

  /** Whether the data directory has a resource with this name. */
  protected abstract boolean isHere(String name, DataOption data);

  /** Removes the resource from the data directory as a server would, if it exists. */
  protected abstract void removeHere(String name, DataOption data) throws IOException;

  @Override
  protected void run(Optional<LabClient> client) throws IOException, InterruptedException {
    // If the resource does not exist, no confirmation is requested: the removal reports the error.
    // The confirmation names the server, which may come from BAGNETLAB_SERVER unintentionally.
    String place = client.map(there -> " from " + there.address()).orElse("");
    if (client.isPresent() ? isAt(client.get()) : isHere(name, data)) {
      confirmation.demand("%s is removed for good%s.".formatted(name, place));
    }
    if (client.isPresent()) {
      client.get().delete(collection() + "/" + LabClient.part(name));
    } else {
      removeHere(name, data);
    }
    json.print(Map.of("name", name, "removed", true), "Removed %s%s.".formatted(name, place));
  }

  /** Whether the server lists the resource, damaged or not. */
  private boolean isAt(LabClient client) throws IOException, InterruptedException {
    for (JsonNode list : client.get(collection())) {
      for (JsonNode each : list) {
        if (each.path("name").asText().equals(name)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Runs a removal that first checks the database. */
  protected static void run(DataOption data, Function<Database, CompletableFuture<Void>> removal)
      throws IOException {
    try (DataDirectory directory = DataDirectory.open(data.directory());
        Database database = DatabaseStart.open(directory, Recovery.REFUSE)) {
      removal.apply(database).join();
    } catch (DataDirectoryInUse e) {
      throw new Failure("%s Set its address with --server URL.".formatted(e.getMessage()));
    } catch (CompletionException e) {
      throw new Failure(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    }
  }
}
