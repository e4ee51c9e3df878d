package org.bagnetlab.server.export;

/**
 * A figure that a browser has drawn.
 *
 * @param name name of its files
 * @param title of the figure
 * @param svg the SVG document
 * @param png the bytes of a PNG at twice the size
 * @param pdf the bytes of a PDF of one page
 */
public record Figure(String name, String title, String svg, byte[] png, byte[] pdf) {}
