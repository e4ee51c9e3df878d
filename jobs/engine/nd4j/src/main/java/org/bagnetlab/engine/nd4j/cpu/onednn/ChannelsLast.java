package org.bagnetlab.engine.nd4j.cpu.onednn;

import java.nio.FloatBuffer;

/**
 * A batch of feature maps [image, row, column, channel] without gaps.
 *
 * @param memory native memory that starts at the first value
 */
public record ChannelsLast(FloatBuffer memory, int images, int height, int width, int channels) {}
