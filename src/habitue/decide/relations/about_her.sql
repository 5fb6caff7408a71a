-- One row a moment: what stops every uncapped and capped word to her today, whatever it says (0 nothing).
-- Capped words stop at two in 7 days and five in 28 over all channels together, or as the book says; service and answers do not.
-- Who asked to hear less often gets one a week at most, and in 28 days half of what the book allows, but not none; who asked for more gets no more than the book allows.
select h.moment_id,
  case when h.paused_until_day >= h.today then 1 when h.is_complaint_open = 1 then 2 when h.is_answer_due = 1 then 3 else 0 end as reason,
  case
    when h.words_7 >= e.week_cap or h.words_28 >= e.month_cap then 4
    when p.pace < 0 and (h.words_7 >= 1 or h.words_28 >= case when e.month_cap >= 2 then e.month_cap // 2 else 1 end) then 4
    else 0
  end as pressed_reason,
  case when e.control_permille > 0 and (h.control_permille + h.wheel_permille) - ((h.control_permille + h.wheel_permille) // 1000) * 1000 < e.control_permille
    then 1 else 0 end as is_control
from her as h
cross join terms as e
left join pace as p on p.moment_id = h.moment_id
