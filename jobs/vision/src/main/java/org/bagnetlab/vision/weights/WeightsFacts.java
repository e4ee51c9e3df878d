package org.bagnetlab.vision.weights;

import java.util.List;

/**
 * The facts about imported weights that lists show.
 *
 * @param name name in requests and results
 * @param checksum SHA-256 of the imported file, 64 hexadecimal digits
 * @param architecture registered name of the network
 * @param width factor for its channel counts
 * @param classes number of classes
 * @param parameters number of learnable values
 * @param source where the weights come from, as stated by the user
 * @param regime how the weights were trained, for example {@code pretrained}
 * @param format format of the imported file
 * @param size size of the imported file in bytes
 * @param notes notes for users on how the weights were fitted
 * @param importedAt time of the import, ISO 8601
 */
public record WeightsFacts(
    String name,
    String checksum,
    String architecture,
    double width,
    int classes,
    long parameters,
    String source,
    String regime,
    String format,
    long size,
    List<String> notes,
    String importedAt) {}
