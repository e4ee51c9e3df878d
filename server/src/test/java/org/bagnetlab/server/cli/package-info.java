@NullMarked
package org.bagnetlab.server.cli;

import org.jspecify.annotations.NullMarked;
