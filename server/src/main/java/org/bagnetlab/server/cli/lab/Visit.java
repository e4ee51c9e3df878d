package org.bagnetlab.server.cli.lab;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The data that a browser needs to open a page of the dashboard with the command line's login.
 *
 * @param address of the page
 * @param headers headers that each request needs to log in
 * @param serverKey Base64 of the SHA-256 of the server's public key, which the command line has
 *     verified; empty without HTTPS
 */
public record Visit(URI address, Map<String, String> headers, Optional<String> serverKey) {}
