package org.bagnetlab.server.notification.recipient;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bagnetlab.server.message.Message;
import org.bagnetlab.server.message.MessagePicture;
import org.bagnetlab.server.message.Notice;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.server.table.WrittenTable;
import org.bagnetlab.server.table.WrittenTable.Heading;
import org.bagnetlab.storage.notice.DeliveryRow;

/** A message with everything that one may have, and names that need care in any format. */
final class SampleMessage {

  static final int WIDTH = 600;

  private SampleMessage() {}

  static Message withPicture() {
    return of(NoticeKind.SWEEP_ENDED, Optional.of(new MessagePicture(png(), "Test accuracy")));
  }

  static Message of(NoticeKind kind, Optional<MessagePicture> picture) {
    return new Message(
        kind,
        "[lab] Sweep breiten-ü has ended",
        List.of("6 succeeded, 1 failed.", "1 job failed: <@all> & *it* diverged."),
        List.of(
            new WrittenTable(
                List.of("The trainings."),
                List.of(new Heading("Network", false), new Heading("Test", true)),
                List.of(List.of("BagNet-9|x", "0.712"), List.of("BagNet-33", "0.801")))),
        picture,
        Optional.of("http://127.0.0.1:8080/#/sweeps/breiten"));
  }

  /** The row of a message that waits for its delivery to a recipient. */
  static DeliveryRow waiting(Recipient recipient, Message message) {
    Notice notice =
        new Notice(
            message.kind(),
            Instant.EPOCH,
            "lab",
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            "",
            Optional.empty(),
            Optional.empty());
    return new DeliveryRow(
        "d1",
        recipient.id(),
        message.kind().written(),
        recipient.body(notice, message),
        Instant.EPOCH);
  }

  static byte[] png() {
    try {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      ImageIO.write(new BufferedImage(WIDTH, 80, BufferedImage.TYPE_INT_RGB), "png", file);
      return file.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The width of the picture in a PNG file. */
  static int width(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png)).getWidth();
  }
}
