package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leasehold.fault.Fault;
import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.run.AppendNotes.Note;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotesRequestTest {

    private static final UUID RUN = new UUID(0x7000, 1);

    @Test
    void dataIsKeptToTheByteAndMayBeLeftOut() {
        assertThat(parse("""
                {'events':[{'event_id':'a','event_type':'note.appended','data': { 'n' : 1.50 } },
                 {'event_id':'b','event_type':'note.appended'},
                 {'event_id':'c','event_type':'note.appended','data':null}]}
                """))
                .containsExactly(new Note("a", "{ \"n\" : 1.50 }"), new Note("b", "{}"), new Note("c", "{}"));
    }

    @Test
    void dataMayHave16KiB() {
        String fits = "{'x':'" + "y".repeat((16 << 10) - 8) + "'}";
        assertThat(parse(event("'data':" + fits)).get(0).data()).hasSize(16 << 10);
        assertThat(refusal(event("'data':" + fits.replace("'}", "ü'}"))).details())
                .containsEntry("field", "events[0].data");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'events':[]}                                                   | events
            {}                                                              | events
            {'events':[{'event_type':'note.appended'}]}                     | events[0].event_id
            {'events':[{'event_id':'','event_type':'note.appended'}]}       | events[0].event_id
            {'events':[{'event_id':'@run:2','event_type':'note.appended'}]} | events[0].event_id
            {'events':[{'event_id':'a'}]}                                   | events[0].event_type
            {'events':[{'event_id':'a','event_type':'run.submitted'}]}      | events[0].event_type
            {'events':[{'event_id':'a','event_type':'note.appended','data':[]}]}  | events[0].data
            {'events':[{'event_id':'a','event_type':'note.appended','data':7}]}   | events[0].data
            {'events':[{'event_id':'a','event_type':'note.appended','data':{'a':1,'a':2}}]} | events[0].data
            {'events':[{'event_id':'a','event_type':'note.appended','other':1}]}  | events[0].other
            """)
    void whatCannotBeANoteIsRefusedByItsMember(String body, String field) {
        assertThat(refusal(body.replace("@run", RUN.toString())).details()).containsEntry("field", field);
    }

    @Test
    void anIdHas200CharactersAtMost() {
        assertThat(parse("{'events':[{'event_id':'" + "i".repeat(200) + "','event_type':'note.appended'}]}"))
                .hasSize(1);
        assertThat(refusal("{'events':[{'event_id':'" + "i".repeat(201) + "','event_type':'note.appended'}]}")
                        .details())
                .containsEntry("field", "events[0].event_id");
    }

    private static String event(String members) {
        return "{'events':[{'event_id':'a','event_type':'note.appended'," + members + "}]}";
    }

    private static Fault refusal(String body) {
        return catchThrowableOfType(Fault.class, () -> parse(body));
    }

    private static List<Note> parse(String body) {
        Members members = JsonBody.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), InvalidRequest::new);
        return NotesRequest.of(members, RUN);
    }
}
