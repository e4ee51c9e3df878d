package org.bagnetlab.server.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.cli.TerminalOfTests;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.DatabaseStart;
import org.bagnetlab.storage.database.Recovery;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.job.NewJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ShowCommandTests {

  @TempDir Path data;

  /** Its module is gone. */
  @Test
  void aRunWithAnUnknownParameterSaysThatItIsInNoTable() throws Exception {
    ObjectNode stored = Experiments.canonical(TrainSpec.of("bagnet9", "controlled-15"));
    stored.put("labelNoise", 0.25);
    long id;
    try (DataDirectory directory = DataDirectory.open(data);
        Database database = DatabaseStart.open(directory, Recovery.REFUSE)) {
      id =
          database
              .write(
                  tables ->
                      tables
                          .jobs()
                          .insert(NewJob.of("train", stored.toString(), "noisy", Instant.EPOCH)))
              .join();
    }
    try (TestServer server = new TestServer(data);
        TerminalOfTests terminal = new TerminalOfTests()) {
      assertThat(
              server.sendUndescribed("/api/v1/runs/" + id, HttpRequest.newBuilder().GET()).body())
          .contains("\"unknown\":\"no parameter 'labelNoise' of train\"");
      assertThat(terminal.run("show", String.valueOf(id), "--server", server.at("/").toString()))
          .isZero();
      assertThat(terminal.said())
          .contains("This version has no parameter 'labelNoise' of train, so the numbers of this");
    }
  }
}
