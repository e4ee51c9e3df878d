@NullMarked
package org.bagnetlab.server.cli.sweep;

import org.jspecify.annotations.NullMarked;
