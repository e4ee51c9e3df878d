/** The lab that a command is about: a running server and what it answers, or a data directory. */
@NullMarked
package org.bagnetlab.server.cli.lab;

import org.jspecify.annotations.NullMarked;
