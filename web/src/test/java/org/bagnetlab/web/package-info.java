/** Tests of the dashboard's files as the server will serve them. */
package org.bagnetlab.web;
