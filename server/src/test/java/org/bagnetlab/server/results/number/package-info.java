@NullMarked
package org.bagnetlab.server.results.number;

import org.jspecify.annotations.NullMarked;
