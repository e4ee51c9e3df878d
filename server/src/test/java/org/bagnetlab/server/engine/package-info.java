@NullMarked
package org.bagnetlab.server.engine;

import org.jspecify.annotations.NullMarked;
