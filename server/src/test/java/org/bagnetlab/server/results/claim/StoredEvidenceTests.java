package org.bagnetlab.server.results.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.server.results.file.StoredFiles;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.junit.jupiter.api.Test;

class StoredEvidenceTests {

  private static ArtifactRow file(long job, String kind, String facts) {
    return new ArtifactRow(
        job, job, Optional.empty(), kind, "", "", "application/json", "", 1, facts, Instant.EPOCH);
  }

  /** Networks are compared on the same images, whose names another data set may have too. */
  @Test
  void theNewestFileOfARunIsTakenThatIsAboutItsTestImages() {
    ArtifactRow newest = file(11, "evidence", "{}");
    Map<Long, ArtifactRow> files =
        StoredEvidence.newest(
            StoredFiles.onOwnTestImages(
                List.of(
                    file(10, "evidence", "{}"),
                    newest,
                    file(11, "matrix", "{}"),
                    file(12, "evidence", "{\"dataset\":\"hidden\",\"images\":\"all\"}"),
                    file(13, "evidence", "{\"dataset\":\"hidden\",\"images\":\"all\"}")),
                Map.of(10L, 1L, 11L, 1L, 12L, 1L, 13L, 2L),
                ArtifactKind.EVIDENCE));
    assertThat(files).isEqualTo(Map.of(1L, newest));
  }
}
