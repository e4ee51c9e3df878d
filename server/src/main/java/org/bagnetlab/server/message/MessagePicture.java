package org.bagnetlab.server.message;

/**
 * A picture in a message.
 *
 * @param png its PNG file
 * @param description what it shows, for those who do not see it
 */
public record MessagePicture(byte[] png, String description) {}
