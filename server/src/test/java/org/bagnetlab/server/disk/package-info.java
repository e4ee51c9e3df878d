@NullMarked
package org.bagnetlab.server.disk;

import org.jspecify.annotations.NullMarked;
