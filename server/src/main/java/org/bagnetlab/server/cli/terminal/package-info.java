/**
 * Output for terminals: untrusted text without control characters, a progress line, and failures on
 * one line.
 */
package org.bagnetlab.server.cli.terminal;
