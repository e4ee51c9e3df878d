package org.bagnetlab.server.http.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.bagnetlab.server.http.upload.UploadsInFlight.Admission;
import org.bagnetlab.server.http.upload.UploadsInFlight.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Data sets and weights count against the same disk. */
@Timeout(10)
class UploadsInFlightTests {

  private final UploadsInFlight uploads = new UploadsInFlight();

  @Test
  void bothKindsNeedRoomUntilTheirImportsHaveEnded() {
    assertThat(uploads.begin(Kind.DATASET, "a", 10)).isEqualTo(Admission.BEGUN);
    assertThat(uploads.begin(Kind.WEIGHTS, "a", 100)).isEqualTo(Admission.BEGUN);
    assertThat(uploads.needed()).isEqualTo(220);
    Runnable imported = uploads.importing(10);
    uploads.end(Kind.DATASET, "a");
    uploads.end(Kind.WEIGHTS, "a");
    assertThat(uploads.needed()).isEqualTo(10);
    imported.run();
    imported.run();
    assertThat(uploads.needed()).isZero();
  }

  @Test
  void fourOfAKindHaveDifferentNames() {
    for (int i = 0; i < 4; i++) {
      assertThat(uploads.begin(Kind.DATASET, "d" + i, 1)).isEqualTo(Admission.BEGUN);
    }
    assertThat(uploads.begin(Kind.DATASET, "d0", 1)).isEqualTo(Admission.NAME_TAKEN);
    assertThat(uploads.begin(Kind.DATASET, "d4", 1)).isEqualTo(Admission.TOO_MANY);
    assertThat(uploads.begin(Kind.WEIGHTS, "d0", 1)).isEqualTo(Admission.BEGUN);
  }

  @Test
  void aFileNameIsCutBetweenItsLetters() {
    String letter = Character.toString(0x20000); // two chars, four bytes
    assertThat(DatasetUpload.fileName("a" + letter.repeat(90) + ".zip"))
        .isEqualTo("a" + letter.repeat(59));
    assertThat(DatasetUpload.fileName("x".repeat(90))).isEqualTo("x".repeat(80));
    assertThat(DatasetUpload.fileName("C:\\scenes\\my scenes.zip")).isEqualTo("my scenes.zip");
    assertThat(DatasetUpload.fileName(".zip")).isEqualTo("upload.zip");
  }
}
