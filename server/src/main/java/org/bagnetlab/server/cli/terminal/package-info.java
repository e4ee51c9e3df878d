/**
 * Output for terminals: foreign text without control characters, a progress line, and failures on
 * one line.
 */
@NullMarked
package org.bagnetlab.server.cli.terminal;

import org.jspecify.annotations.NullMarked;
