@NullMarked
package org.bagnetlab.server.retention;

import org.jspecify.annotations.NullMarked;
